import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_server.transport.framing import LineSplitter, LineTooLongError

CORPUS = '{"a":"é☃\u2028\U0001f600"}\r\n\n   \n{"b":"x\u2029"}\n\r\nunfinished'.encode()
LINES = ['{"a":"é☃\u2028\U0001f600"}\r'.encode(), b"", b"   ", '{"b":"x\u2029"}'.encode(), b"\r"]


def lines_of(pieces: list[bytes], cap: int = 1000) -> list[bytes]:
    splitter = LineSplitter(cap)
    return [line for piece in pieces for line in splitter.feed(piece)] + splitter.finish()


@pytest.mark.requirement("W7")
@pytest.mark.parametrize("size", [1, 2, 3, 7, len(CORPUS)])
def test_lines_are_the_same_however_the_bytes_arrive(size: int) -> None:
    pieces = [CORPUS[start : start + size] for start in range(0, len(CORPUS), size)]

    assert lines_of(pieces) == [*LINES, b"unfinished"]


@given(st.lists(st.binary(max_size=30)))
def test_splitting_loses_and_adds_nothing(pieces: list[bytes]) -> None:
    whole = b"".join(pieces)

    lines = lines_of(pieces, cap=10_000)

    expected = whole.split(b"\n")
    assert lines == (expected if expected[-1] else expected[:-1])


@pytest.mark.requirement("W4")
@pytest.mark.parametrize(
    "pieces", [[b"x" * 11], [b"x"] * 11, [b"ok\n" + b"x" * 11 + b"\n"], [b"x" * 10, b"x\n"]]
)
def test_a_line_over_the_cap_is_refused_before_it_is_put_together(pieces: list[bytes]) -> None:
    splitter = LineSplitter(cap=10)

    with pytest.raises(LineTooLongError, match="longer than 10 bytes"):
        _ = [splitter.feed(piece) for piece in pieces]


def test_a_line_of_just_the_cap_passes() -> None:
    assert lines_of([b"x" * 10, b"\n", b"y" * 10], cap=10) == [b"x" * 10, b"y" * 10]


@pytest.mark.requirement("W3")
def test_a_huge_line_in_small_chunks_costs_no_more_than_its_bytes() -> None:
    splitter = LineSplitter()
    chunk = b"x" * 65536

    early = [line for _ in range(1024) for line in splitter.feed(chunk)]
    lines = splitter.feed(b"\n")

    assert early == []
    assert [len(line) for line in lines] == [64 * 1024 * 1024]
