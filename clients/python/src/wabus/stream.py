"""Events in the order of the log, even across lost connections."""
from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from types import TracebackType
from typing import Any, Awaitable, Callable, Deque, Dict, List, Mapping, Optional, Sequence, Type, Union

from .errors import WabusError
from .events import Event, EventGap
from .link import ConnectionLost, Link, TokenSource, may_retry, retry_wait

REMEMBERED_IDS = 5_000

GapHandler = Callable[[EventGap], Union[None, Awaitable[None]]]


class EventStream:
    """An asynchronous iterator over events: ``async for event in wabus.events([...])``.

    An event counts as handled when the next one is requested; ``keep`` then saves its cursor. An event that was
    being handled when the process ended is delivered again with the same id. If more than ``capacity`` events wait
    to be read, the connection is closed until half of them are read; meanwhile, the server keeps the rest.
    """

    def __init__(
        self,
        connect: Callable[[], Link],
        token: TokenSource,
        filter: Mapping[str, Any],
        *,
        load: Callable[[], Awaitable[Optional[str]]],
        keep: Optional[Callable[[str], Awaitable[None]]],
        on_gap: Optional[Callable[[EventGap], None]],
        capacity: int,
    ) -> None:
        self._connect = connect
        self._token = token
        self._filter = filter
        self._load = load
        self._keep = keep
        self._on_gap = on_gap
        self._capacity = capacity
        self._queue: Deque[Event] = deque()
        self._seen: "OrderedDict[str, None]" = OrderedDict()
        self._changed = asyncio.Event()
        self._room = asyncio.Event()
        self._position: Optional[str] = None
        self._at_hand: Optional[Event] = None
        self._error: Optional[WabusError] = None
        self._runner: Optional["asyncio.Task[None]"] = None
        self._link: Optional[Link] = None
        self._is_closed = False
        self._is_full = False
        self._subscribed = asyncio.Event()

    async def start(self) -> EventStream:
        """Connects and subscribes, without waiting for the first event. Raises the error with which the server
        refuses.
        """
        if self._runner is None:
            self._position = await self._load()
            self._runner = asyncio.ensure_future(self._run())
        waiting = asyncio.ensure_future(self._subscribed.wait())
        await asyncio.wait({waiting, self._runner}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._error is not None:
            raise self._error
        return self

    @property
    def position(self) -> Optional[str]:
        """The cursor of the last event that arrived."""
        return self._position

    def __aiter__(self) -> EventStream:
        return self

    async def __anext__(self) -> Event:
        if self._at_hand is not None and self._keep is not None:
            await self._keep(self._at_hand.cursor)
        self._at_hand = None
        if self._runner is None:
            await self.start()
        while not self._queue:
            if self._error is not None:
                raise self._error
            if self._is_closed:
                raise StopAsyncIteration
            self._changed.clear()
            await self._changed.wait()
        self._at_hand = self._queue.popleft()
        if self._is_full and len(self._queue) <= self._capacity // 2:
            self._is_full = False
            self._room.set()
        return self._at_hand

    async def aclose(self) -> None:
        """Ends the stream. The current event is not saved as handled."""
        self._is_closed = True
        self._changed.set()
        if self._runner is not None:
            self._runner.cancel()
            await asyncio.gather(self._runner, return_exceptions=True)
        if self._link is not None:
            await self._link.close()

    async def __aenter__(self) -> EventStream:
        return await self.start()

    async def __aexit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        await self.aclose()

    async def _run(self) -> None:
        attempt = 0
        while True:
            try:
                await self._serve()
                attempt = 0
                if not self._is_closed:
                    await asyncio.sleep(retry_wait(1))
            except WabusError as error:
                if not may_retry(error, self._token):
                    self._error = error
                    self._changed.set()
                    return
                attempt += 1
                said = error.details.get("retryAfterMs")
                await asyncio.sleep(max(retry_wait(attempt), said / 1000 if isinstance(said, (int, float)) else 0))
            except (ConnectionLost, asyncio.TimeoutError):
                attempt += 1
                await asyncio.sleep(retry_wait(attempt))
            except Exception as error:
                self._error = WabusError("INTERNAL", f"The stream of events failed: {error!r}")
                self._error.__cause__ = error
                self._changed.set()
                return

    async def _serve(self) -> None:
        """Serves one connection until it ends."""
        link = self._link = self._connect()
        link.on("batch", lambda events: self._receive(link, events))
        try:
            await link.open()
            await self._subscribe(link)
            await link.lost.wait()
        finally:
            await link.close()
        if self._is_full:
            await self._room.wait()
        elif link.farewell is not None and not may_retry(link.farewell, self._token):
            raise link.farewell

    async def _subscribe(self, link: Link) -> None:
        request: Dict[str, Any] = {**self._filter, "batch": True}
        if self._position is not None:
            request["since"] = self._position
        outcome = await link.ask("subscribe", request)
        if outcome.get("ok"):
            # Events may have arrived before the answer.
            if self._position is None:
                self._position = outcome["cursor"]
                if self._keep is not None:
                    await self._keep(outcome["cursor"])
            if outcome.get("truncated") is not None:
                self._gap(outcome["truncated"].get("firstAt"))
            self._subscribed.set()
            return
        error = WabusError.from_body(outcome.get("error"))
        created = error.details.get("logCreatedAt")
        if error.details.get("reason") != "another-log" or not isinstance(created, str):
            raise error
        self._gap(created)
        self._position = created
        await self._subscribe(link)

    def _receive(self, link: Link, events: List[Dict[str, Any]]) -> None:
        if link.lost.is_set():
            return
        for body in events:
            event = Event.from_json(body)
            self._position = event.cursor
            if event.id in self._seen:
                continue
            self._seen[event.id] = None
            if len(self._seen) > REMEMBERED_IDS:
                self._seen.popitem(last=False)
            self._queue.append(event)
        self._changed.set()
        if len(self._queue) > self._capacity:
            self._is_full = True
            self._room.clear()
            link.lost.set()

    def _gap(self, first_at: Optional[str]) -> None:
        if self._on_gap is not None:
            self._on_gap(EventGap(first_at))


def names_in(events: Sequence[str]) -> List[str]:
    """Returns the names of a request as a list; a single text becomes a list of one."""
    return [events] if isinstance(events, str) else list(events)
