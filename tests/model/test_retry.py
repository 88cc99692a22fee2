"""How long to wait before asking again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_server.model.retry import LONGEST_SECONDS, backoff, retry_after

NOON = 1_700_000_000.0
"""Tue, 14 Nov 2023 22:13:20 GMT."""


def test_pauses_double() -> None:
    assert [backoff(attempt, lambda: 1.0) for attempt in (1, 2, 3)] == [0.2, 0.4, 0.8]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("5", 5.0),
        (" 30 ", 30.0),
        ("3600", LONGEST_SECONDS),
        ("9" * 400, LONGEST_SECONDS),
        ("Tue, 14 Nov 2023 22:13:32 GMT", 12.0),
        ("Tuesday, 14-Nov-23 22:13:32 GMT", 12.0),
        ("Tue, 14 Nov 2023 23:13:32 +0100", 12.0),
        ("Wed, 15 Nov 2023 22:13:20 GMT", LONGEST_SECONDS),
    ],
)
def test_a_provider_is_left_alone_as_long_as_it_wants(value: str, seconds: float) -> None:
    assert retry_after({"retry-after": value}, NOON) == seconds


@pytest.mark.parametrize(
    "value",
    ["", "0", "-5", "soon", "1.5.2", "٣", "Tue, 14 Nov 2023 22:13:20 GMT", "Tue, 99 Nov 2023 99:99:99 GMT"],
)
def test_what_makes_no_sense_or_is_over_leaves_it_to_the_back_off(value: str) -> None:
    assert retry_after({"retry-after": value}, NOON) is None


def test_no_header_no_wish() -> None:
    assert retry_after({}) is None


@given(st.text(st.characters(max_codepoint=255)))
def test_no_value_does_more_than_be_ignored(value: str) -> None:
    seconds = retry_after({"retry-after": value}, NOON)

    assert seconds is None or 0 < seconds <= LONGEST_SECONDS
