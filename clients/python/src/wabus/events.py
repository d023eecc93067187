"""Events and pages of them."""
from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, List, Mapping, Optional


@dataclass(frozen=True)
class Event:
    """An event with its metadata."""

    id: str
    """The id of the event, which stays the same when the event is delivered again."""
    session: str
    event: str
    cursor: str
    """The opaque position of the event in the log. Pass it as ``since`` to continue after this event."""
    at: str
    """When the connector emitted the event, as an ISO time."""
    epoch: int
    """The epoch under which the event was published."""
    schema_version: int
    data: Any
    """The payload as JSON."""

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Event:
        return cls(
            id=body["id"],
            session=body["session"],
            event=body["event"],
            cursor=body["cursor"],
            at=body["at"],
            epoch=body["epoch"],
            schema_version=body["schemaVersion"],
            data=body.get("data"),
        )


@dataclass(frozen=True)
class EventGap:
    """A gap in the events, which the server no longer has."""

    first_at: Optional[str]
    """When the oldest event in the server's log was stored, as an ISO time; ``None`` if the log is empty."""


@dataclass(frozen=True)
class EventPage:
    """A page of past events, oldest first."""

    events: List[Event]
    cursor: str
    """The position to pass as ``since`` for the next page."""
    more: bool
    """Whether there may be more events."""
    truncated: Optional[EventGap]
    """Present if events after ``since`` are gone; otherwise ``None``."""

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> EventPage:
        truncated = body.get("truncated")
        return cls(
            events=[Event.from_json(event) for event in body["events"]],
            cursor=body["cursor"],
            more=body["more"],
            truncated=None if truncated is None else EventGap(truncated.get("firstAt")),
        )


def is_incoming(event: Event, max_age_seconds: Optional[float] = None) -> bool:
    """Whether an event is a readable message from somebody else, received live or after the session was offline.

    Use this instead of ``data["type"] == "notify"``: messages that arrived while the session was offline have the
    type ``append``.
    """
    if event.event != "messages.upsert":
        return False
    messages = event.data.get("messages") or [{}]
    message = messages[0]
    if not message.get("message") or message.get("key", {}).get("fromMe"):
        return False
    written_at = float(message.get("messageTimestamp") or 0)
    return max_age_seconds is None or time.time() - written_at <= max_age_seconds
