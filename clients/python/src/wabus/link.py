"""One Socket.IO connection, and the delays before further attempts."""
from __future__ import annotations

import asyncio
import random
from typing import Any, Awaitable, Callable, Dict, Optional, Tuple, Union

import socketio

from .errors import WabusError

NAMESPACE = "/api/events"
ANSWER_SECONDS = 20.0
CONNECT_SECONDS = 10.0
FIRST_WAIT_SECONDS, LAST_WAIT_SECONDS = 0.5, 15.0

Token = Union[str, Callable[[], Union[str, Awaitable[str]]]]
"""A token, or a function that creates one. The function is called before each connection, and when a token has
expired.
"""


class TokenSource:
    """The source of the tokens of a client."""

    def __init__(self, token: Token) -> None:
        self._token = token
        self._latest: Optional[str] = token if isinstance(token, str) else None

    @property
    def can_refresh(self) -> bool:
        return not isinstance(self._token, str)

    async def fresh(self) -> str:
        if isinstance(self._token, str):
            return self._token
        try:
            made = self._token()
            text = made if isinstance(made, str) else await made
        except Exception as error:
            raise WabusError("TOKEN_UNAVAILABLE") from error
        self._latest = text
        return text

    async def current(self) -> str:
        return await self.fresh() if self._latest is None else self._latest


def retry_wait(attempt: int) -> float:
    """Returns the delay before an attempt (1 for the first) in seconds. Half of it is random, so that clients of one
    server do not reconnect at the same time.
    """
    full = min(LAST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** min(attempt - 1, 20))
    return float(full / 2 + full / 2 * random.random())


def may_retry(error: WabusError, token: TokenSource) -> bool:
    """Whether to try a refused connection again. An expired token permits another attempt if a new token is
    available.
    """
    return error.retryable or (error.code == "UNAUTHORIZED" and error.details.get("reason") == "expired" and token.can_refresh)


class Link:
    """A connection that is opened once. Handlers of events are plain functions, so that they run in the order of
    arrival.
    """

    def __init__(self, address: Tuple[str, str], token: TokenSource, identifier: Optional[str]) -> None:
        self._address = address
        self._token = token
        self._identifier = identifier
        self._outcome: "asyncio.Future[object]" = asyncio.get_running_loop().create_future()
        self._farewell: Optional[WabusError] = None
        self.lost = asyncio.Event()
        """Set when the connection has ended."""
        self.socket: Any = socketio.AsyncClient(reconnection=False)
        self.socket.on("connect", self._on_outcome, namespace=NAMESPACE)
        self.socket.on("connect_error", self._on_outcome, namespace=NAMESPACE)
        self.socket.on("disconnect", self._on_disconnect, namespace=NAMESPACE)
        self.socket.on("exception", self._on_exception, namespace=NAMESPACE)

    @property
    def farewell(self) -> Optional[WabusError]:
        """The error with which the server closed the connection."""
        return self._farewell

    def on(self, event: str, handler: Callable[..., Any]) -> None:
        self.socket.on(event, handler, namespace=NAMESPACE)

    async def open(self) -> None:
        """Opens the connection. Raises the server's error, or ``UNREACHABLE``."""
        origin, prefix = self._address
        auth: Dict[str, str] = {"token": await self._token.fresh()}
        if self._identifier is not None:
            auth["identifier"] = self._identifier
        try:
            # The library's own wait is disabled, because it takes its full time if the server refuses.
            await self.socket.connect(
                origin,
                auth=auth,
                namespaces=[NAMESPACE],
                transports=["websocket"],
                socketio_path=f"{prefix}/socket.io".lstrip("/"),
                wait=False,
            )
            refusal = await asyncio.wait_for(self._outcome, CONNECT_SECONDS)
        except (socketio.exceptions.ConnectionError, asyncio.TimeoutError) as error:
            await self.close()
            raise WabusError("UNREACHABLE", details={"reason": str(error)}) from error
        if refusal is not None:
            await self.close()
            data = refusal.get("data") if isinstance(refusal, dict) else None
            raise WabusError("UNREACHABLE", details={"reason": refusal}) if data is None else WabusError.from_body(data)

    async def ask(self, event: str, data: object, seconds: float = ANSWER_SECONDS) -> Any:
        """Sends a message and returns the answer of the server. Raises ``asyncio.TimeoutError`` without an answer,
        and ``ConnectionLost`` if the connection ends first.
        """
        call = asyncio.ensure_future(self._call(event, data, seconds))
        lost = asyncio.ensure_future(self.lost.wait())
        try:
            await asyncio.wait({call, lost}, return_when=asyncio.FIRST_COMPLETED)
            if not call.done():
                raise ConnectionLost()
            return call.result()
        finally:
            call.cancel()
            lost.cancel()

    async def close(self) -> None:
        self.lost.set()
        try:
            await self.socket.disconnect()
        except Exception:  # The connection may have ended already.
            pass
        # The library leaves it open after a failed connection.
        http = self.socket.eio.http
        if http is not None and not http.closed:
            await http.close()

    async def _call(self, event: str, data: object, seconds: float) -> Any:
        try:
            return await self.socket.call(event, data, namespace=NAMESPACE, timeout=seconds)
        except socketio.exceptions.TimeoutError as error:
            raise asyncio.TimeoutError() from error
        except socketio.exceptions.SocketIOError as error:
            raise ConnectionLost() from error

    def _on_outcome(self, refusal: object = None) -> None:
        if not self._outcome.done():
            self._outcome.set_result(refusal)

    def _on_disconnect(self, *_reason: object) -> None:
        self.lost.set()

    def _on_exception(self, body: object) -> None:
        self._farewell = WabusError.from_body(body)


class ConnectionLost(Exception):
    """The connection ended before the reply arrived."""
