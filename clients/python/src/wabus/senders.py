"""Commands over HTTP and over Socket.IO."""
from __future__ import annotations

import asyncio
import uuid
from typing import Any, Callable, Dict, Mapping, Optional
from urllib.parse import quote

from .catalog.commands import COMMANDS, Commands
from .errors import WabusError
from .http import HttpClient
from .link import ConnectionLost, Link, TokenSource, may_retry, retry_wait

WAY_BACK_SECONDS = 1.0


class _Sender(Commands):
    """Sends a command again after a lost connection, provided that this is safe: it is repeatable, or it has an
    idempotency key.
    """

    def __init__(self, default_session: Optional[str]) -> None:
        self._default_session = default_session

    async def _execute(
        self,
        method: str,
        args: Mapping[str, Any],
        session: Optional[str],
        idempotency_key: Optional[str],
        deadline_ms: Optional[int],
    ) -> Any:
        name = self._default_session if session is None else session
        if name is None:
            raise WabusError("INVALID_REQUEST", "Pass a session: the client has no default session.", details={"field": "session"})
        facts = COMMANDS[method]
        key = idempotency_key
        if key is None and facts.takes_key and not facts.repeatable:
            key = str(uuid.uuid4())
        given = {field: value for field, value in args.items() if value is not None}
        loop = asyncio.get_running_loop()
        deadline = loop.time() + (facts.deadline_ms if deadline_ms is None else deadline_ms) / 1000
        attempt = 0
        was_sent = False
        while True:
            remaining = deadline - loop.time()
            if remaining <= 0:
                raise WabusError("TIMEOUT" if was_sent else "UNREACHABLE")
            attempt += 1
            try:
                return await self._send(name, method, given, key, remaining)
            except ConnectionLost as error:
                was_sent = True
                if key is None and not facts.repeatable:
                    raise WabusError("TIMEOUT", "The connection was lost before the reply arrived.") from error
            except WabusError as error:
                # Nothing was sent, so it is safe to try again.
                if error.code != "UNREACHABLE":
                    raise
            await asyncio.sleep(min(retry_wait(attempt), max(0.0, deadline - loop.time())))

    async def _send(self, session: str, method: str, args: Mapping[str, Any], key: Optional[str], seconds: float) -> Any:
        raise NotImplementedError


class HttpCommands(_Sender):
    """Runs commands over HTTP."""

    def __init__(self, http: HttpClient, default_session: Optional[str]) -> None:
        super().__init__(default_session)
        self._http = http

    async def _send(self, session: str, method: str, args: Mapping[str, Any], key: Optional[str], seconds: float) -> Any:
        try:
            answer = await self._http.request(
                "POST",
                f"/api/sessions/{quote(session, safe='')}/commands/{method}",
                body={"args": args, "deadlineMs": max(1, int(seconds * 1000))},
                headers={} if key is None else {"idempotency-key": key},
                seconds=seconds + WAY_BACK_SECONDS,
            )
        except WabusError as error:
            # The server did not answer, so the connection was lost.
            if error.code == "TIMEOUT" and error.__cause__ is not None and not isinstance(error.__cause__, asyncio.TimeoutError):
                raise ConnectionLost() from error
            raise
        return answer.get("data") if isinstance(answer, dict) else None


class SocketCommands(_Sender):
    """Runs commands over one Socket.IO connection, which the first command opens."""

    def __init__(self, connect: Callable[[], Link], token: TokenSource, default_session: Optional[str]) -> None:
        super().__init__(default_session)
        self._connect = connect
        self._token = token
        self._link: Optional[Link] = None
        self._opening: Optional["asyncio.Task[Link]"] = None

    async def _send(self, session: str, method: str, args: Mapping[str, Any], key: Optional[str], seconds: float) -> Any:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        link = await self._opened(seconds)
        remaining = max(0.001, deadline - loop.time())
        message: Dict[str, Any] = {"session": session, "method": method, "args": args, "deadlineMs": max(1, int(remaining * 1000))}
        if key is not None:
            message["idempotencyKey"] = key
        try:
            outcome = await link.ask("command", message, remaining + WAY_BACK_SECONDS)
        except asyncio.TimeoutError as error:
            raise WabusError("TIMEOUT") from error
        if isinstance(outcome, dict) and outcome.get("ok") is True:
            return outcome.get("data")
        raise WabusError.from_body(outcome.get("error") if isinstance(outcome, dict) else None)

    async def close(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
        if self._link is not None:
            await self._link.close()

    async def _opened(self, seconds: float) -> Link:
        if self._link is not None and not self._link.lost.is_set():
            return self._link
        # All waiting commands share one connection.
        if self._opening is None or self._opening.done():
            self._opening = asyncio.ensure_future(self._open())
        try:
            return await asyncio.wait_for(asyncio.shield(self._opening), seconds)
        except asyncio.TimeoutError as error:
            raise WabusError("UNREACHABLE") from error

    async def _open(self) -> Link:
        previous, self._link = self._link, None
        if previous is not None:
            await previous.close()
        link = self._connect()
        try:
            await link.open()
        except WabusError as error:
            if error.code != "UNREACHABLE" and may_retry(error, self._token):
                raise WabusError("UNREACHABLE", details={"error": error.code}) from error
            raise
        self._link = link
        return link
