"""What is kept of output, and what of an environment."""

from hypothesis import given
from hypothesis import strategies as st

from app_server.exec.environment import EnvironmentPolicy, overlaid
from app_server.exec.output import Beginning, HeadTail, whole_characters

OURS = {"PATH": "/bin", "HOME": "/root", "API_KEY": "k", "my_token": "t", "OTHER": "o"}


@given(st.lists(st.binary(max_size=40)), st.integers(0, 60))
def test_the_first_and_the_last_half_are_kept(chunks: list[bytes], limit: int) -> None:
    buffer = HeadTail(limit)
    for chunk in chunks:
        buffer.add(chunk)
    whole = b"".join(chunks)
    head, tail = limit // 2, limit - limit // 2
    expected = whole if len(whole) <= limit else whole[:head] + whole[len(whole) - tail :]
    assert buffer.kept() == expected
    assert buffer.total == len(whole)
    assert buffer.take() == expected
    assert buffer.kept() == b""


@given(st.lists(st.binary(max_size=40)), st.integers(0, 60))
def test_the_beginning_is_kept_up_to_its_limit(chunks: list[bytes], limit: int) -> None:
    buffer = Beginning(limit)
    passed = b"".join(buffer.add(chunk) for chunk in chunks)
    assert passed == buffer.kept() == b"".join(chunks)[:limit]


@given(st.text(), st.integers(0, 200))
def test_no_character_is_split(text: str, at: int) -> None:
    data = text.encode("utf-8", "replace")[:at]
    size = whole_characters(data)
    assert data[:size].decode() is not None
    assert len(data) - size < 4


def test_by_default_everything_is_inherited() -> None:
    assert EnvironmentPolicy().apply(OURS) == OURS


def test_set_survives_the_default_excludes_and_include_only_is_last() -> None:
    policy = EnvironmentPolicy.from_config(
        {"ignore_default_excludes": False, "exclude": ["oth*"], "set": {"X_TOKEN": "x", "Y": "y"}}
    )
    assert policy.apply(OURS) == {"PATH": "/bin", "HOME": "/root", "X_TOKEN": "x", "Y": "y"}
    assert policy._replace(include_only=("x*",)).apply(OURS) == {"X_TOKEN": "x"}


def test_the_core_is_little_and_none_is_nothing() -> None:
    assert EnvironmentPolicy(inherit="core").apply(OURS) == {"PATH": "/bin", "HOME": "/root"}
    assert EnvironmentPolicy(inherit="none", set=(("A", "1"),)).apply(OURS) == {"A": "1"}


def test_a_client_adds_and_removes() -> None:
    assert overlaid({"A": "1", "B": "2"}, {"A": None, "C": "3"}) == {"B": "2", "C": "3"}
