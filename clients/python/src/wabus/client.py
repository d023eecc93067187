"""The client for a Wabus server."""
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
    """A client for one Wabus server.

    ``async with Wabus("https://wabus.example.org", token="…", session="sales") as wabus`` closes it at the end. Its
    methods raise ``WabusError``.
    """

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
        """``token`` is a text, or a function that creates one. ``session`` is the default session of all methods;
        ``identifier`` also limits the client to that session. ``cursors`` stores the positions of readers that have
        a name; by default, it keeps them in memory. ``buffered_events`` is the number of events that may wait to be
        read before a stream pauses.
        """
        self._address = parse_address(url)
        self._token = TokenSource(token)
        self._identifier = identifier
        self._cursors: CursorStore = MemoryCursorStore() if cursors is None else cursors
        self._buffered_events = buffered_events
        self._http = HttpClient(self._address, self._token)
        self._streams: List[EventStream] = []
        default = identifier if session is None else session
        self.commands: Commands = HttpCommands(self._http, default)
        """Every command as a method, over HTTP. A method returns the data of the reply. It raises the server's error,
        ``INVALID_REQUEST`` without a session, ``UNREACHABLE`` if the command was never sent, and ``TIMEOUT`` if
        its outcome is unknown.
        """
        self._socket_commands = SocketCommands(self._connect, self._token, default)

    @property
    def socket_commands(self) -> Commands:
        """The same commands over one Socket.IO connection, which costs less per command."""
        return self._socket_commands

    async def request(
        self, method: str, path: str, *, query: Optional[Mapping[str, Any]] = None, body: object = None, seconds: float = 60.0
    ) -> Any:
        """Sends a request to the HTTP API: ``await wabus.request("GET", "/api/sessions")``.

        Returns the body of the response: JSON, or a text. Raises the server's error, ``UNREACHABLE`` without a
        connection, and ``TIMEOUT`` if no response arrives within ``seconds``.
        """
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
        """Returns a stream of events: ``async for event in wabus.events(["messages.*"], name="bot")``.

        With a ``name``, the stream continues after the last handled event, even in another process if the cursor
        store is persistent. Otherwise, it begins at ``since`` (a cursor or an ISO time), or now. Every event
        arrives at least once, in the order of the log. ``on_gap`` is called when events are gone because the
        server no longer has them. The loop raises the error with which the server refuses the token or the events.
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
        """Joins a durable subscription, or creates it, and handles its deliveries until it is canceled.

        A delivery is acknowledged when the handler returns, and repeated if the handler raises; ``on_error``
        receives the exception. ``ack_wait_ms`` is the time that the handler has, ``max_in_flight`` the number of
        deliveries at a time, and ``max_deliveries`` the number of deliveries after which an event becomes a dead
        letter. ``joined`` is set when the server has granted the subscription. Canceling waits for the running
        handlers. Raises the server's error, such as ``SUBSCRIPTION_DIFFERS`` or ``FORBIDDEN``.
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
        """Returns a page of past events, oldest first. ``since`` and ``until`` are cursors or ISO times."""
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
        """Yields all past events, page by page, up to ``until`` or the end of the log."""
        while True:
            page = await self.page(events=events, sessions=sessions, chats=chats, since=since, until=until, limit=page_size)
            for event in page.events:
                yield event
            if not page.more:
                return
            since = page.cursor

    async def close(self) -> None:
        """Closes all connections and ends all loops over events."""
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
