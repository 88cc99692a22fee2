"""Reading a log whatever happened to it: a damaged line costs itself, never the file."""

from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from store.conftest import NOW, THREAD, meta_of

from app_server.store.errors import UnreadableRolloutError
from app_server.store.rollout_items import EVENT, RolloutLine
from app_server.store.rollout_reader import Damage, RolloutFile, first_meta, parse_line

Put = Callable[[str, bytes], Path]


def line_of(text: str) -> RolloutLine:
    return RolloutLine(NOW, EVENT, {"type": "note", "text": text})


def raw(line: RolloutLine) -> bytes:
    return orjson.dumps({"timestamp": line.timestamp, "type": line.type, "payload": line.payload}) + b"\n"


META = (
    orjson.dumps({"timestamp": NOW, "type": "session_meta", "payload": meta_of().to_item().payload}) + b"\n"
)


def read(path: Path) -> list[object]:
    return [line.payload.get("text", line.type) for line in RolloutFile(path)]


@pytest.mark.requirement("D3")
@pytest.mark.parametrize(
    "damage",
    [
        b"\n",
        b"   \n",
        b"garbage\n",
        b"{\n",
        b"[1]\n",
        b'"text"\n',
        b"\x00\x01\x02\n",
        b"\xff\xfe{}\n",
        b'{"a":1}\n',
    ],
)
def test_a_line_that_is_no_entry_costs_only_itself(put_rollout: Put, damage: bytes) -> None:
    path = put_rollout(THREAD, damage + META + damage + raw(line_of("one")) + damage + raw(line_of("two")))

    assert read(path) == ["session_meta", "one", "two"]


def test_entries_of_unknown_types_and_without_a_time_are_passed_over(put_rollout: Put) -> None:
    strangers = (
        b'{"timestamp":"t","type":"world_state","payload":{}}\n'
        b'{"type":"event_msg","payload":{"type":"note","text":"timeless"}}\n'
        b'{"timestamp":"t","type":"event_msg"}\n'
        b'{"timestamp":"t","type":["event_msg"],"payload":{}}\n'
        b'{"timestamp":"t","ordinal":7,"type":"event_msg","payload":{"type":"note","text":"newer"}}\n'
    )
    path = put_rollout(THREAD, META + strangers)

    assert read(path) == ["session_meta", "newer"]


def test_a_byte_order_mark_does_not_hide_the_thread(put_rollout: Put) -> None:
    path = put_rollout(THREAD, b"\xef\xbb\xbf" + META + raw(line_of("one")))

    assert read(path) == ["session_meta", "one"]


def test_a_torn_last_line_is_left_out_and_told(put_rollout: Put) -> None:
    path = put_rollout(THREAD, META + raw(line_of("one")) + raw(line_of("two"))[:-9])
    file = RolloutFile(path)

    entries = [line.type for line in file]

    assert entries == ["session_meta", "event_msg"]
    assert file.damage == Damage(lines=1, first=3)


def test_a_bad_byte_becomes_a_replacement_character(put_rollout: Put) -> None:
    path = put_rollout(THREAD, META + raw(line_of("b?d")).replace(b"?", b"\xff"))

    assert read(path) == ["session_meta", "b\ufffdd"]


@pytest.mark.requirement("D4")
@pytest.mark.parametrize("character", ["ä", "€", "😀"])
def test_a_character_across_any_buffers_edge_is_read_whole(put_rollout: Put, character: str) -> None:
    for edge in (4096, 8192, 16384, 65536):
        for shift in range(-6, 3):
            padding = "x" * (edge + shift - len(raw(line_of(""))) + len(b'"}}\n'))
            path = put_rollout(THREAD, raw(line_of(padding + character)))

            assert read(path) == [padding + character]


def test_reading_stops_where_the_file_is_only_used_up_to(put_rollout: Put) -> None:
    kept = META + raw(line_of("kept"))
    path = put_rollout(THREAD, kept + raw(line_of("later")))

    entries = [line.type for line in RolloutFile(path, end=len(kept))]

    assert entries == ["session_meta", "event_msg"]


@given(
    st.lists(st.text(max_size=40), max_size=6),
    st.binary(max_size=60),
    st.integers(min_value=0, max_value=2**31),
)
def test_damage_anywhere_costs_no_line_that_it_does_not_touch(
    texts: list[str], damage: bytes, place: int
) -> None:
    lines = [raw(line_of(text)) for text in texts]
    at = place % (len(lines) + 1)

    damaged = b"".join([*lines[:at], damage.replace(b"\n", b" ") + b"\n", *lines[at:]])
    entries = [parse_line(line) for line in damaged.splitlines(keepends=True)]

    notes = [entry.payload["text"] for entry in entries if entry is not None]
    assert [note for note in notes if note in texts][: len(texts)] == texts


@given(st.binary(max_size=200))
def test_no_bytes_at_all_make_reading_a_line_fail(data: bytes) -> None:
    line = parse_line(data)

    assert line is None or isinstance(line.payload, dict)


def test_a_thread_is_named_by_the_first_meta_in_its_file(put_rollout: Put) -> None:
    item = b'{"timestamp":"t","type":"response_item","payload":{"type":"message"}}\n'
    path = put_rollout(THREAD, item * 9 + META)

    assert first_meta(path, iter(RolloutFile(path))).id == THREAD


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "rollout at {path} is empty"),
        (b"garbage\n" * 3, "rollout at {path} is empty"),
        (raw(line_of("event")), "rollout at {path} is empty"),
        (
            b'{"timestamp":"t","type":"response_item","payload":{"type":"message"}}\n',
            "rollout at {path} does not start with session metadata",
        ),
        (
            b'{"timestamp":"t","type":"response_item","payload":{"type":"message"}}\n' * 10 + META,
            "rollout at {path} does not start with session metadata",
        ),
    ],
)
def test_a_file_that_is_no_thread_is_refused_with_the_reason(
    put_rollout: Put, content: bytes, reason: str
) -> None:
    path = put_rollout(THREAD, content)

    with pytest.raises(UnreadableRolloutError) as refused:
        first_meta(path, iter(RolloutFile(path)))

    context = f"failed to read thread: thread-store internal error: failed to read thread {path}: "
    assert str(refused.value) == context + reason.format(path=path)
