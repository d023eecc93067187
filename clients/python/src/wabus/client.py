"""The client."""
from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any, AsyncIterator, Callable, Dict, List, Mapping, Optional, Sequence, Type

from .catalog.commands import Commands
from .cursors import CursorStore, MemoryCursorStore
from .durable import DeliveryHandler, DurableReader
from .events import Event, EventGap, EventPage
from .http import HttpClient, parse_address
from .link import Link, Token, TokenSource
from .senders import HttpCommands, SocketCommands
from .stream import EventStream, names_in


class Wabus:
    """A Wabus server: ``async with Wabus("https://wabus.example.org", token="…", session="sales") as wabus``."""

    def __init__(
        self,
        url: str,
        *,
        token: Token,
        session: Optional[str] = None,
        identifier: Optional[str] = None,
        cursors: Optional[CursorStore] = None,
        buffered_events: int = 1_000,
    ) -> None:
        """``token`` is a text, or a function that creates one. ``session`` is the default for everything that takes one;
        ``identifier`` also restricts the client to it. ``cursors`` keeps the position of readers that have a name."""
        self._address = parse_address(url)
        self._token = TokenSource(token)
        self._identifier = identifier
        self._cursors: CursorStore = MemoryCursorStore() if cursors is None else cursors
        self._buffered_events = buffered_events
        self._http = HttpClient(self._address, self._token)
        self._streams: List[EventStream] = []
        default = identifier if session is None else session
        self.commands: Commands = HttpCommands(self._http, default)
        """Every command as a method, over HTTP."""
        self._socket_commands = SocketCommands(self._connect, self._token, default)

    @property
    def socket_commands(self) -> Commands:
        """The same over one Socket.IO connection, which costs less for each command."""
        return self._socket_commands

    async def request(
        self, method: str, path: str, *, query: Optional[Mapping[str, Any]] = None, body: object = None, seconds: float = 60.0
    ) -> Any:
        """Any request to the HTTP API: ``await wabus.request("GET", "/api/sessions")``."""
        return await self._http.request(method, path, query=query, body=body, seconds=seconds)

    def events(
        self,
        events: Sequence[str],
        *,
        name: Optional[str] = None,
        since: Optional[str] = None,
        sessions: Optional[Sequence[str]] = None,
        chats: Optional[Sequence[str]] = None,
        on_gap: Optional[Callable[[EventGap], None]] = None,
    ) -> EventStream:
        """Events as they happen: ``async for event in wabus.events(["messages.*"], name="bot")``.

        With a ``name`` it continues after the last event that was handled, also in another process if the cursor store
        lasts; ``since`` (a cursor or an ISO time) is where it begins otherwise, and new events if that is missing too.
        Every event arrives at least once, in the order of the log.
        """

        async def load() -> Optional[str]:
            kept = None if name is None else await self._cursors.load(name)
            return since if kept is None else kept

        async def keep(cursor: str) -> None:
            await self._cursors.save(str(name), cursor)

        filter: Dict[str, Any] = {"events": names_in(events)}
        if sessions is not None:
            filter["sessions"] = names_in(sessions)
        if chats is not None:
            filter["chats"] = names_in(chats)
        stream = EventStream(
            self._connect,
            self._token,
            filter,
            load=load,
            keep=None if name is None else keep,
            on_gap=on_gap,
            capacity=self._buffered_events,
        )
        self._streams.append(stream)
        return stream

    async def consume(
        self,
        name: str,
        handler: DeliveryHandler,
        *,
        events: Optional[Sequence[str]] = None,
        sessions: Optional[Sequence[str]] = None,
        since: Optional[str] = None,
        ack_wait_ms: Optional[int] = None,
        max_in_flight: Optional[int] = None,
        max_deliveries: Optional[int] = None,
        update: Optional[bool] = None,
        on_error: Optional[Callable[[BaseException], None]] = None,
        joined: Optional[asyncio.Event] = None,
    ) -> None:
        """Joins a durable subscription, or creates it, and handles its deliveries until this is cancelled.

        A delivery is acknowledged when the handler returns, and repeated if it raises. Cancelling waits for the handlers
        that run. ``joined`` is set when the server has answered. Raises the error of the server.
        """
        terms: Dict[str, Any] = {
            "durable": name,
            "events": None if events is None else names_in(events),
            "sessions": None if sessions is None else names_in(sessions),
            "since": since,
            "ackWaitMs": ack_wait_ms,
            "maxInFlight": max_in_flight,
            "maxDeliveries": max_deliveries,
            "update": update,
        }
        given = {field: value for field, value in terms.items() if value is not None}
        await DurableReader(self._connect, self._token, given, handler, on_error).run(joined)

    async def page(
        self,
        *,
        events: Optional[Sequence[str]] = None,
        sessions: Optional[Sequence[str]] = None,
        chats: Optional[Sequence[str]] = None,
        since: Optional[str] = None,
        until: Optional[str] = None,
        limit: Optional[int] = None,
    ) -> EventPage:
        """A page of past events, oldest first."""
        query = {
            "events": None if events is None else names_in(events),
            "sessions": None if sessions is None else names_in(sessions),
            "chats": None if chats is None else names_in(chats),
            "since": since,
            "until": until,
            "limit": limit,
        }
        return EventPage.from_json(await self._http.request("GET", "/api/events", query=query))

    async def history(
        self,
        *,
        events: Optional[Sequence[str]] = None,
        sessions: Optional[Sequence[str]] = None,
        chats: Optional[Sequence[str]] = None,
        since: Optional[str] = None,
        until: Optional[str] = None,
        page_size: int = 500,
    ) -> AsyncIterator[Event]:
        """All past events, page by page, up to the end of the log."""
        while True:
            page = await self.page(events=events, sessions=sessions, chats=chats, since=since, until=until, limit=page_size)
            for event in page.events:
                yield event
            if not page.more:
                return
            since = page.cursor

    async def close(self) -> None:
        """Closes all connections. Loops over events end."""
        await asyncio.gather(*(stream.aclose() for stream in self._streams), self._socket_commands.close())
        await self._http.close()

    async def __aenter__(self) -> Wabus:
        return self

    async def __aexit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        await self.close()

    def _connect(self) -> Link:
        return Link(self._address, self._token, self._identifier)
