"""Rate limits out of response headers."""

import pytest
from pydantic import JsonValue

from app_server.model.rate_limits import Credits, RateLimits, RateLimitWindow, from_headers


def test_an_answer_without_such_headers_gives_an_empty_snapshot() -> None:
    (limits,) = from_headers({"content-type": "text/event-stream"})

    assert limits == RateLimits()
    assert limits.to_wire() == {
        "limitId": "codex",
        "limitName": None,
        "primary": None,
        "secondary": None,
        "credits": None,
        "planType": None,
        "rateLimitReachedType": None,
    }


def test_windows_and_credits_are_read() -> None:
    headers = {
        "x-codex-primary-used-percent": "42.5",
        "x-codex-primary-window-minutes": "300",
        "x-codex-primary-reset-at": "1700000000",
        "x-codex-secondary-used-percent": "0",
        "x-codex-secondary-window-minutes": "0",
        "x-codex-credits-has-credits": "1",
        "x-codex-credits-unlimited": "False",
        "x-codex-credits-balance": " 12 ",
    }

    (limits,) = from_headers(headers)

    window = RateLimitWindow(42.5, 300, 1_700_000_000)
    assert limits == RateLimits(primary=window, credits=Credits(True, False, "12"))
    assert limits.to_wire()["primary"] == {
        "usedPercent": 43,
        "windowDurationMins": 300,
        "resetsAt": 1_700_000_000,
    }
    assert limits.to_record()["primary"] == {
        "used_percent": 42.5,
        "window_minutes": 300,
        "resets_at": 1_700_000_000,
    }


def test_numbers_that_are_none_are_no_windows() -> None:
    assert from_headers({"x-codex-primary-used-percent": "nan"}) == (RateLimits(),)
    assert from_headers({"x-codex-primary-used-percent": "lots"}) == (RateLimits(),)


def test_families_come_in_a_fixed_order() -> None:
    headers = {
        "x-zeta-primary-used-percent": "1",
        "x-codex-other-primary-used-percent": "2",
        "x-codex-other-limit-name": "Other",
    }

    found = [(limits.limit_id, limits.limit_name) for limits in from_headers(headers)]

    assert found == [("codex", None), ("codex_other", "Other"), ("zeta", None)]


def test_a_later_snapshot_keeps_only_what_it_does_not_say_itself() -> None:
    first = RateLimits(primary=RateLimitWindow(1.0), credits=Credits(True, False), plan_type="pro")

    second = RateLimits(limit_id="other").after(first)

    assert second == RateLimits(limit_id="other", credits=Credits(True, False), plan_type="pro")


@pytest.mark.parametrize(
    ("used", "minutes", "resets_at", "told"),
    [
        ("1e300", "1", "1", {"usedPercent": 2**31 - 1, "windowDurationMins": 1, "resetsAt": 1}),
        ("-2.5", "1", "1", {"usedPercent": -3, "windowDurationMins": 1, "resetsAt": 1}),
        ("1", "9" * 20, "-" + "9" * 20, {"usedPercent": 1, "windowDurationMins": None, "resetsAt": None}),
        ("1", "1_0", "1.5", {"usedPercent": 1, "windowDurationMins": None, "resetsAt": None}),
        ("1_0", "1", "1", None),
    ],
    ids=["too much", "below zero", "beyond 64 bits", "no numbers", "no percent"],
)
@pytest.mark.requirement("U6")
def test_numbers_that_no_client_could_read_fail_nothing(
    used: str, minutes: str, resets_at: str, told: JsonValue
) -> None:
    headers = {
        "x-codex-primary-used-percent": used,
        "x-codex-primary-window-minutes": minutes,
        "x-codex-primary-reset-at": resets_at,
    }

    (limits,) = from_headers(headers)

    assert limits.to_wire()["primary"] == told


def test_a_family_that_says_nothing_is_none() -> None:
    headers = {"x-other-primary-used-percent": "0", "x-codex-primary-used-percent": "7"}

    assert [limits.limit_id for limits in from_headers(headers)] == ["codex"]
