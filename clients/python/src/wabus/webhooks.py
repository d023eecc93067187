"""Deliveries of webhooks, signed as Standard Webhooks says."""
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
    """The same for every attempt to deliver the same event: drop those already handled."""
    attempt: int
    """1 for the first attempt."""
    events: List[Event]
    """One, or several in bulk mode. None for the test event ``webhook.test``."""
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
    """Checks that a delivery was signed with the secret and is recent, so that nobody can forge or replay one.

    ``secret`` is that of the webhook, or several while it is being replaced; the delivery may have several signatures too.
    ``body`` is what arrived, before any parsing. Raises ``BAD_SIGNATURE``, ``details["reason"]`` being ``missing-header``,
    ``bad-secret``, ``too-old``, ``mismatch`` or ``not-json``. Answer with status 401 then.
    """
    named = {name.lower(): value for name, value in headers.items()}
    id, timestamp, signatures = (named.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
    if not id or not timestamp or not signatures:
        raise _refusal("missing-header")
    # Digits only: ``int`` also takes other spellings.
    is_time = timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _TIME_DIGITS
    if not is_time or abs((time.time() if now is None else now) - int(timestamp)) > tolerance_seconds:
        raise _refusal("too-old")
    content = _bytes_of(body) if isinstance(body, str) else body
    signed = _bytes_of(f"{id}.{timestamp}.") + content
    keys = [_key_of(one) for one in ([secret] if isinstance(secret, str) else secret)]
    given = [_bytes_of(one[3:]) for one in signatures.split(" ") if one.startswith("v1,")]
    expected = [base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()) for key in keys]
    # All of them, so that the time does not say which one fits.
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
    """Of any text: servers turn bytes of a header that are not UTF-8 into lone surrogates."""
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
