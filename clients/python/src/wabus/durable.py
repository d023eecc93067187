"""Durable subscriptions: the server stores the position, and several clients share the work."""
from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Awaitable, Callable, Dict, Mapping, Optional, Set

from .errors import WabusError
from .events import Event
from .link import ConnectionLost, Link, TokenSource, may_retry, retry_wait


@dataclass(frozen=True)
class Delivery:
    """An event of a durable subscription."""

    event: Event
    subscription: str
    attempt: int
    """The number of the delivery: 1 for the first."""


class RetryDelivery(Exception):
    """The exception to raise in a handler to choose when the delivery is repeated, in ms from now."""

    def __init__(self, retry_in_ms: int, reason: str = "to be delivered again") -> None:
        super().__init__(reason)
        self.retry_in_ms = retry_in_ms


DeliveryHandler = Callable[[Delivery], Awaitable[object]]


class DurableReader:
    """Keeps the membership in a subscription until it is canceled."""

    def __init__(
        self,
        connect: Callable[[], Link],
        token: TokenSource,
        terms: Mapping[str, Any],
        handler: DeliveryHandler,
        on_error: Optional[Callable[[BaseException], None]],
    ) -> None:
        self._connect = connect
        self._token = token
        self._terms = terms
        self._handler = handler
        self._on_error = on_error
        self._running: Set["asyncio.Future[Any]"] = set()
        self._has_joined = False

    async def run(self, joined: Optional[asyncio.Event] = None) -> None:
        attempt = 0
        while True:
            try:
                await self._serve(joined)
                attempt = 0
            except WabusError as error:
                if not may_retry(error, self._token):
                    raise
                attempt += 1
            except (ConnectionLost, asyncio.TimeoutError):
                attempt += 1
            await asyncio.sleep(retry_wait(max(1, attempt)))

    async def _serve(self, joined: Optional[asyncio.Event]) -> None:
        link = self._connect()
        link.on("delivery", self._deliver)
        try:
            await link.open()
            # By name alone once it exists, because other clients may have changed its terms since.
            request = {"durable": self._terms["durable"]} if self._has_joined else dict(self._terms)
            outcome = await link.ask("subscribe", request)
            if not outcome.get("ok"):
                raise WabusError.from_body(outcome.get("error"))
            self._has_joined = True
            if joined is not None:
                joined.set()
            await link.lost.wait()
            if link.farewell is not None and not may_retry(link.farewell, self._token):
                raise link.farewell
        except asyncio.CancelledError:
            await self._leave(link)
            raise
        finally:
            await link.close()

    async def _leave(self, link: Link) -> None:
        """Stops deliveries, and answers those that are being handled."""
        try:
            await link.ask("unsubscribe", {"durable": self._terms["durable"]}, 5)
        except (ConnectionLost, asyncio.TimeoutError):
            return
        if self._running:
            await asyncio.wait(set(self._running))
            # The answers are sent in the next iteration of the event loop.
            await asyncio.sleep(0.05)

    async def _deliver(self, body: Dict[str, Any]) -> Any:
        """Handles a delivery; the returned value acknowledges or refuses it."""
        task = asyncio.ensure_future(self._handle(body))
        self._running.add(task)
        try:
            return await asyncio.shield(task)
        finally:
            self._running.discard(task)

    async def _handle(self, body: Dict[str, Any]) -> Optional[Dict[str, Any]]:
        try:
            await self._handler(Delivery(Event.from_json(body), body["subscription"], body["attempt"]))
            return {"ok": True}
        except RetryDelivery as retry:
            return {"ok": False, "error": str(retry), "retryInMs": retry.retry_in_ms}
        except Exception as error:
            if self._on_error is not None:
                self._on_error(error)
            return {"ok": False, "error": str(error)}
