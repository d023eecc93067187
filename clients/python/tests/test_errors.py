"""Errors as servers describe them."""
import unittest

from wabus import WabusError


class Errors(unittest.TestCase):
    def test_what_the_server_says_of_the_case_counts(self) -> None:
        for code in ("NO_OWNER", "NEWER_THAN_THIS_CLIENT"):
            for said in (True, False):
                error = WabusError.from_body({"code": code, "message": "m", "retryable": said, "certain": said})
                self.assertEqual((error.retryable, error.certain), (said, said), code)

    def test_a_code_that_is_not_known_keeps_it_in_its_details(self) -> None:
        error = WabusError.from_body({"code": "NEWER", "message": "m", "details": {"a": 1}})
        self.assertEqual((error.code, error.details), ("INTERNAL", {"a": 1, "code": "NEWER"}))
        self.assertEqual((error.retryable, error.certain), (False, False))

    def test_what_is_no_error_body_says_nothing(self) -> None:
        for body in (None, "text", {"certain": True, "retryable": True}, {"code": 7, "certain": True}):
            error = WabusError.from_body(body)
            self.assertEqual((error.code, error.retryable, error.certain), ("INTERNAL", False, False))
