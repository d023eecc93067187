"""An asyncio client for the WhatsApp sessions, events and commands of a Wabus server.

``Wabus`` is the client; ``verify_webhook`` verifies deliveries of webhooks.
"""
from .catalog.commands import COMMANDS, CommandFacts, Commands
from .catalog.errors import ERROR_CODES, ErrorFacts
from .catalog.events import EVENT_NAMES, EventName
from .client import Wabus
from .cursors import CursorStore, FileCursorStore, MemoryCursorStore
from .durable import Delivery, RetryDelivery
from .errors import CLIENT_ERROR_CODES, WabusError
from .events import Event, EventGap, EventPage, is_incoming
from .stream import EventStream
from .webhooks import VerifiedWebhook, verify_webhook

__all__ = [
    "CLIENT_ERROR_CODES",
    "COMMANDS",
    "CommandFacts",
    "Commands",
    "CursorStore",
    "Delivery",
    "ERROR_CODES",
    "EVENT_NAMES",
    "ErrorFacts",
    "Event",
    "EventGap",
    "EventName",
    "EventPage",
    "EventStream",
    "FileCursorStore",
    "MemoryCursorStore",
    "RetryDelivery",
    "VerifiedWebhook",
    "Wabus",
    "WabusError",
    "is_incoming",
    "verify_webhook",
]
