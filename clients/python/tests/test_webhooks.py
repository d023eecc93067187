"""Signatures of webhooks."""
import base64
import hashlib
import hmac
import json
import unittest
from typing import Any, Dict, List, Optional, Union

from wabus import WabusError, verify_webhook

KEY = b"0123456789abcdef01234567"
SECRET = "whsec_" + base64.b64encode(KEY).decode()
NOW = 1_700_000_000
EVENT = {
    "id": "e1",
    "session": "sales",
    "event": "call",
    "cursor": "c",
    "at": "2026-01-31T12:00:00.000Z",
    "epoch": 1,
    "schemaVersion": 1,
    "data": [],
}


def signature(body: bytes, key: bytes = KEY, id: str = "msg", at: int = NOW) -> str:
    digest = hmac.new(key, f"{id}.{at}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


def headers(body: bytes, signatures: Optional[str] = None, at: str = str(NOW)) -> Dict[str, str]:
    return {
        "Webhook-Id": "msg",
        "webhook-timestamp": at,
        "webhook-signature": signature(body) if signatures is None else signatures,
        "webhook-attempt": "2",
    }


class Webhooks(unittest.TestCase):
    body = json.dumps(EVENT).encode()

    def reason(self, **changes: Any) -> object:
        given: Dict[str, Any] = {"secret": SECRET, "headers": headers(self.body), "body": self.body, "now": NOW, **changes}
        with self.assertRaises(WabusError) as raised:
            verify_webhook(**given)
        self.assertEqual(raised.exception.code, "BAD_SIGNATURE")
        self.assertTrue(raised.exception.certain)
        return raised.exception.details["reason"]

    def test_takes_what_was_signed(self) -> None:
        bodies: List[Union[bytes, str]] = [self.body, self.body.decode()]
        for body in bodies:
            webhook = verify_webhook(SECRET, headers(self.body), body, now=NOW)
            self.assertEqual((webhook.id, webhook.attempt, [event.id for event in webhook.events]), ("msg", 2, ["e1"]))

    def test_takes_any_of_several_secrets_and_signatures(self) -> None:
        both = f"v2,x v1,{'A' * 44} {signature(self.body)}"
        other = "whsec_" + base64.b64encode(b"another").decode().rstrip("=")
        webhook = verify_webhook([other, SECRET], headers(self.body, both), self.body, now=NOW)
        self.assertEqual(webhook.events[0].session, "sales")

    def test_takes_events_in_bulk_and_none_of_a_test(self) -> None:
        bulk = json.dumps({"events": [EVENT, EVENT]}).encode()
        self.assertEqual(len(verify_webhook(SECRET, headers(bulk), bulk, now=NOW).events), 2)
        test = json.dumps({**EVENT, "event": "webhook.test"}).encode()
        self.assertEqual(verify_webhook(SECRET, headers(test), test, now=NOW).events, [])

    def test_refuses_everything_else(self) -> None:
        self.assertEqual(self.reason(body=self.body + b" "), "mismatch")
        self.assertEqual(self.reason(secret="whsec_" + base64.b64encode(b"another").decode()), "mismatch")
        self.assertEqual(self.reason(headers=headers(self.body, "v1,not base64, v1,é")), "mismatch")
        self.assertEqual(self.reason(secret="secret"), "bad-secret")
        self.assertEqual(self.reason(secret="whsec_"), "bad-secret")
        self.assertEqual(self.reason(headers={}), "missing-header")
        self.assertEqual(self.reason(now=NOW + 301), "too-old")
        self.assertEqual(self.reason(now=NOW - 301), "too-old")
        for at in ("1e9", "-1", "١٢", f" {NOW}"):
            self.assertEqual(self.reason(headers=headers(self.body, at=at)), "too-old")
        self.assertEqual(self.reason(body=b"{", headers=headers(b"{")), "not-json")

    def test_refuses_what_no_edge_sends(self) -> None:
        # Unsigned input never leads to another error.
        self.assertEqual(self.reason(headers=headers(self.body, "v1,\udcff")), "mismatch")
        self.assertEqual(self.reason(headers={**headers(self.body), "Webhook-Id": "\udcff"}), "mismatch")
        self.assertEqual(self.reason(headers=headers(self.body, at="1" * 5_000)), "too-old")
        self.assertEqual(self.reason(body="\udcff"), "mismatch")
        self.assertEqual(self.reason(secret="whsec_\udcff"), "bad-secret")
        for attempt in ("1" * 5_000, "²"):
            given = {**headers(self.body), "webhook-attempt": attempt}
            self.assertEqual(verify_webhook(SECRET, given, self.body, now=NOW).attempt, 1)
        for broken in (b"[" * 100_000, b"\xff"):
            given = {**headers(broken), "webhook-signature": signature(broken)}
            with self.subTest(broken=broken[:20]):
                self.assertEqual(self.reason(body=broken, headers=given), "not-json")

    def test_has_a_tolerance(self) -> None:
        verify_webhook(SECRET, headers(self.body), self.body, now=NOW + 900, tolerance_seconds=1_000)


if __name__ == "__main__":
    unittest.main()
