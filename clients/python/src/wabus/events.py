"""Events and pages of them."""
from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, List, Mapping, Optional


@dataclass(frozen=True)
class Event:
    """An event with the facts about it."""

    id: str
    """The same when it is delivered again."""
    session: str
    event: str
    cursor: str
    """Pass it as ``since`` to continue after this event. Opaque."""
    at: str
    """When the connector emitted it, ISO time."""
    epoch: int
    """The number of the ownership under which it was published."""
    schema_version: int
    data: Any
    """The payload, in JSON."""

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
    """Events between two positions are gone: the server no longer has them."""

    first_at: Optional[str]
    """When the oldest event that the server has was stored; ``None`` if it has none."""


@dataclass(frozen=True)
class EventPage:
    """A page of past events, oldest first."""

    events: List[Event]
    cursor: str
    """Pass it as ``since`` to get the next page."""
    more: bool
    """There may be more."""
    truncated: Optional[EventGap]
    """Events after ``since`` are gone."""

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

    Use this instead of ``data["type"] == "notify"``: messages that waited have the type ``append``.
    """
    if event.event != "messages.upsert":
        return False
    messages = event.data.get("messages") or [{}]
    message = messages[0]
    if not message.get("message") or message.get("key", {}).get("fromMe"):
        return False
    written_at = float(message.get("messageTimestamp") or 0)
    return max_age_seconds is None or time.time() - written_at <= max_age_seconds
