"""Instants: written as the reference writes them, read in every form that it or a cursor may have."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_server.store.timestamps import local_stamp, parse_instant, utc_ms, utc_ns

MOMENTS = st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(9999, 12, 30))  # noqa: DTZ001 zones follow


@given(MOMENTS, st.integers(-14 * 60, 14 * 60))
def test_an_rfc_3339_time_in_any_zone_is_the_instant_that_it_names(moment: datetime, minutes: int) -> None:
    zoned = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))

    assert parse_instant(zoned.isoformat()) == (zoned - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
        milliseconds=1
    )


@given(st.integers(0, 250_000_000_000_000))
def test_what_is_written_is_read_back(instant: int) -> None:
    assert parse_instant(utc_ms(instant)) == instant


@given(st.text(alphabet="0123456789-:TtZz.+ |", max_size=40))
def test_no_text_makes_reading_fail(text: str) -> None:
    assert parse_instant(text) is None or len(text) >= 19


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-01-01",
        "2026-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00+2",
        "2026-01-01T00:00:00+02x00",
        "2026-01-01T00:00:00ZZ",
        "２０２６-01-01T00:00:00Z",
    ],
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert parse_instant(text) is None


def test_the_forms_are_those_of_the_files() -> None:
    assert utc_ms(1_795_344_978_497) == "2026-11-22T10:56:18.497Z"
    assert utc_ns(1_795_344_978_497_034_966) == "2026-11-22T10:56:18.497034966Z"
    assert parse_instant("2026-11-22T10-56-18") == 1_795_344_978_000
    assert len(local_stamp(1_795_344_978_497)) == 19
