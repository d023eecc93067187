"""Deliveries of webhooks, signed as in Standard Webhooks."""
from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import Any, List, Mapping, Optional, Sequence, Union

from .errors import WabusError
from .events import Event

# ``int`` refuses texts of thousands of digits with a ``ValueError``.
_TIME_DIGITS = 15
_COUNT_DIGITS = 9


@dataclass(frozen=True)
class VerifiedWebhook:
    """A delivery with a valid signature."""

    id: str
    """The id of the delivery, which is the same for every attempt to deliver the same event: skip those that you have
    already handled.
    """
    attempt: int
    """The number of the attempt: 1 for the first."""
    events: List[Event]
    """The events: one, or several in bulk mode; none for the test event ``webhook.test``."""
    body: Any
    """The parsed body."""


def verify_webhook(
    secret: Union[str, Sequence[str]],
    headers: Mapping[str, str],
    body: Union[bytes, str],
    *,
    tolerance_seconds: float = 300,
    now: Optional[float] = None,
) -> VerifiedWebhook:
    """Verifies that a delivery was signed with the secret and is recent, so that nobody can forge or replay one.

    ``secret`` is the secret of the webhook; pass several secrets while it is being replaced. ``body`` is the body
    as received, before any parsing. ``tolerance_seconds`` limits the difference between the clocks plus the age of
    the delivery. Raises ``BAD_SIGNATURE``, where ``details["reason"]`` is ``missing-header``, ``too-old``,
    ``mismatch``, ``not-json`` or ``bad-secret``. Answer with status 401, except for ``bad-secret``, which means
    that the configured secret is malformed.
    """
    named = {name.lower(): value for name, value in headers.items()}
    id, timestamp, signatures = (named.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
    if not id or not timestamp or not signatures:
        raise _refusal("missing-header")
    # Only digits, because ``int`` also accepts other spellings.
    is_time = timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _TIME_DIGITS
    if not is_time or abs((time.time() if now is None else now) - int(timestamp)) > tolerance_seconds:
        raise _refusal("too-old")
    content = _bytes_of(body) if isinstance(body, str) else body
    signed = _bytes_of(f"{id}.{timestamp}.") + content
    keys = [_key_of(one) for one in ([secret] if isinstance(secret, str) else secret)]
    given = [_bytes_of(one[3:]) for one in signatures.split(" ") if one.startswith("v1,")]
    expected = [base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()) for key in keys]
    # All are compared, so that the time does not reveal which one matches.
    if not any([hmac.compare_digest(one, other) for one in expected for other in given]):
        raise _refusal("mismatch")
    try:
        parsed = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _refusal("not-json") from error
    attempt = named.get("webhook-attempt", "1")
    is_count = attempt.isascii() and attempt.isdigit() and len(attempt) <= _COUNT_DIGITS
    return VerifiedWebhook(id, int(attempt) if is_count else 1, _events_of(parsed), parsed)


def _bytes_of(text: str) -> bytes:
    """Encodes any text: some servers turn header bytes that are not UTF-8 into lone surrogates."""
    return text.encode(errors="surrogatepass")


def _key_of(secret: str) -> bytes:
    encoded = secret.removeprefix("whsec_")
    try:
        key = base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
    except ValueError:
        key = b""
    if not secret.startswith("whsec_") or not key:
        raise _refusal("bad-secret")
    return key


def _events_of(body: Any) -> List[Event]:
    if not isinstance(body, dict):
        return []
    several = body.get("events")
    if isinstance(several, list):
        return [Event.from_json(event) for event in several]
    event = body.get("event")
    return [Event.from_json(body)] if isinstance(event, str) and event != "webhook.test" else []


def _refusal(reason: str) -> WabusError:
    return WabusError("BAD_SIGNATURE", details={"reason": reason})
