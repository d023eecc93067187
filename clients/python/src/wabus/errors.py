"""Errors with a code from a closed list."""
from __future__ import annotations

from typing import Any, Dict, Mapping, Optional

from .catalog.errors import ERROR_CODES, ErrorFacts

CLIENT_ERROR_CODES: Dict[str, ErrorFacts] = {
    "UNREACHABLE": ErrorFacts(True, True, "The server could not be reached in time. Nothing was sent."),
    "CLOSED": ErrorFacts(False, True, "The client was closed. Nothing was sent."),
    "TOKEN_UNAVAILABLE": ErrorFacts(True, True, "The function that creates tokens failed; see the cause."),
    "BAD_SIGNATURE": ErrorFacts(
        False, True, "The webhook signature is invalid; ``details['reason']`` says why."
    ),
}
"""The codes of errors that the client itself creates."""

_FACTS = {**ERROR_CODES, **CLIENT_ERROR_CODES}


class WabusError(Exception):
    """The error that all functions of this package raise.

    ``code`` is from a closed list: the server's ``ERROR_CODES`` and ``CLIENT_ERROR_CODES``. A code that this
    version does not have, from a newer server, becomes ``INTERNAL`` with the original code in ``details['code']``.
    """

    code: str
    """The code of the error, for programs."""
    message: str
    """The message, for people."""
    retryable: bool
    """Whether the same request may succeed later without change."""
    certain: bool
    """Whether the request certainly had no effect. If ``False``, it may have taken effect: repeat it only with the
    same idempotency key.
    """
    details: Mapping[str, Any]
    """Data that a program can act on."""

    def __init__(
        self,
        code: str,
        message: Optional[str] = None,
        *,
        details: Optional[Mapping[str, Any]] = None,
        retryable: Optional[bool] = None,
        certain: Optional[bool] = None,
    ) -> None:
        facts = _FACTS[code]
        self.code = code
        self.message = facts.meaning if message is None else message
        self.retryable = facts.retryable if retryable is None else retryable
        self.certain = facts.certain if certain is None else certain
        self.details = {} if details is None else details
        super().__init__(f"{code}: {self.message}")

    @classmethod
    def from_body(cls, body: object) -> WabusError:
        """Converts the error body in a response of the server. Anything that is not an error body becomes
        ``INTERNAL``.
        """
        fields = body if isinstance(body, dict) else {}
        code, message, details = fields.get("code"), fields.get("message"), fields.get("details")
        known = details if isinstance(details, dict) else {}
        text = message if isinstance(message, str) else "The server returned an invalid error body."
        retryable, certain = fields.get("retryable"), fields.get("certain")
        said = {
            "retryable": retryable if isinstance(retryable, bool) else None,
            "certain": certain if isinstance(certain, bool) else None,
        }
        if not isinstance(code, str):
            return cls("INTERNAL", text, details={**known, **({} if code is None else {"code": code})})
        if code in ERROR_CODES:
            return cls(code, text, details=known, **said)
        return cls("INTERNAL", text, details={**known, "code": code}, **said)
