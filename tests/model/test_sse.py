"""The parser of server-sent events: the format's rules, and indifference to how bytes arrive."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_server.model.answer.sse import EventTooLargeError, SseParser


def _whole(data: bytes) -> list[bytes]:
    parser = SseParser()
    return [*parser.feed(data), *parser.finish()]


def _in_pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    parser = SseParser()
    places = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    pieces = [data[a:b] for a, b in pairwise(places)]
    return [event for piece in pieces for event in parser.feed(piece)] + parser.finish()


@pytest.mark.parametrize(
    ("stream", "events"),
    [
        (b"data: a\n\n", [b"a"]),
        (b"data:a\n\n", [b"a"]),
        (b"data:  a\n\n", [b" a"]),
        (b"event: x\ndata: a\n\n", [b"a"]),
        (b"data: a\nevent: x\nid: 7\nretry: 9\n\n", [b"a"]),
        (b"data: a\ndata: b\n\n", [b"a\nb"]),
        (b"event: x\ndata: a\ndata: b\n\n", [b"a\nb"]),
        (b"data\n\n", [b""]),
        (b": ping\n\ndata: a\n\n", [b"a"]),
        (b"\n\n\n\ndata: a\n\n\n\n\ndata: b\n\n", [b"a", b"b"]),
        (b"data: a\r\n\r\ndata: b\r\n\r\n", [b"a", b"b"]),
        (b"data: a\r\rdata: b\r\r", [b"a", b"b"]),
        (b"data: a\r\n\n", [b"a"]),
        (b"\xef\xbb\xbfdata: a\n\n", [b"a"]),
        (b"event: only\n\n", []),
        (b"data: the last one lacks its blank line\n", [b"the last one lacks its blank line"]),
        (b"", []),
    ],
)
def test_a_stream_is_read_as_the_standard_says(stream: bytes, events: list[bytes]) -> None:
    assert _whole(stream) == events
    assert _in_pieces(stream, list(range(len(stream)))) == events


_LINES = st.sampled_from([b"data: a", b"data:b", b": c", b"event: x", b"", b"data", b"\xef\xbb\xbf", b"\xff"])
_ENDS = st.sampled_from([b"\n", b"\r\n", b"\r", b"\n\n", b"\r\n\r\n", b""])


@given(
    st.lists(st.tuples(_LINES, _ENDS)).map(lambda lines: b"".join(a + b for a, b in lines)),
    st.lists(st.integers(0, 1000)),
)
def test_how_the_bytes_arrive_changes_nothing(stream: bytes, cuts: list[int]) -> None:
    assert _in_pieces(stream, cuts) == _whole(stream)


@given(st.binary(), st.lists(st.integers(0, 1000)))
def test_any_bytes_are_survived(stream: bytes, cuts: list[int]) -> None:
    assert _in_pieces(stream, cuts) == _whole(stream)


def test_an_event_beyond_the_limit_is_refused_while_it_grows() -> None:
    parser = SseParser(max_event_bytes=100)

    assert parser.feed(b"data: " + b"x" * 90) == []

    with pytest.raises(EventTooLargeError):
        parser.feed(b"x" * 10)


def test_a_large_event_in_many_pieces_comes_out_whole() -> None:
    parser = SseParser()
    payload = b"y" * 5_000_000

    events = [
        event
        for start in range(0, 5_000_000, 4096)
        for event in parser.feed((b"data: " if start == 0 else b"") + payload[start : start + 4096])
    ]

    assert events == []
    assert parser.feed(b"\n\n") == [payload]
