"""The log of a live thread: nothing too early, everything in order, whole lines only."""

from pathlib import Path

import anyio
import anyio.lowlevel
import orjson
from store.conftest import NOW, THREAD, WriterOf, meta_of, note

from app_server.store.rollout_items import EVENT, RolloutItem, RolloutLine
from app_server.store.rollout_writer import INLINE_LIMIT
from app_server.store.session_meta import GitState


def texts(path: Path) -> list[object]:
    lines = [orjson.loads(line) for line in path.read_bytes().splitlines()]
    return [line["payload"].get("text", line["type"]) for line in lines]


async def test_a_thread_that_nobody_spoke_in_leaves_no_file(log_path: Path, writer_of: WriterOf) -> None:
    writer = writer_of(log_path, meta_of())

    writer.append(note("early"))
    await writer.flush()
    await writer.close()

    assert not writer.materialised
    assert not log_path.parent.exists()


async def test_items_from_before_the_file_follow_its_first_line_in_order(
    log_path: Path, writer_of: WriterOf
) -> None:
    writer = writer_of(log_path, meta_of())
    writer.append(note("one"), None, note("two"))

    await writer.materialise()
    writer.append(note("three"))

    assert texts(log_path) == ["session_meta", "one", "two", "three"]
    assert orjson.loads(log_path.read_bytes().splitlines()[1]) == {
        "timestamp": NOW,
        "type": "event_msg",
        "payload": {"type": "note", "text": "one"},
    }


async def test_an_item_is_on_disk_as_soon_as_it_was_appended(log_path: Path, writer_of: WriterOf) -> None:
    writer = writer_of(log_path, meta_of())
    await writer.materialise()

    writer.append(note("told to a client"))

    assert texts(log_path)[-1] == "told to a client"


async def test_what_is_changed_after_it_was_appended_is_written_as_it_was(
    log_path: Path, writer_of: WriterOf
) -> None:
    writer = writer_of(log_path, meta_of())
    item = note("as it was")
    writer.append(item)

    item.payload["text"] = "changed"
    await writer.materialise()

    assert texts(log_path) == ["session_meta", "as it was"]


async def test_a_big_item_waits_for_the_flush_and_keeps_its_place(
    log_path: Path, writer_of: WriterOf
) -> None:
    writer = writer_of(log_path, meta_of())
    await writer.materialise()
    big = "x" * (INLINE_LIMIT + 1)

    writer.append(note(big))
    writer.append(note("after"))
    before_the_flush = texts(log_path)
    await writer.flush()

    assert before_the_flush == ["session_meta"]
    assert texts(log_path) == ["session_meta", big, "after"]


async def test_items_appended_while_a_worker_writes_follow_what_it_writes(
    log_path: Path, writer_of: WriterOf
) -> None:
    writer = writer_of(log_path, meta_of())
    writer.append(note("first"))

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(writer.materialise)
        await anyio.lowlevel.checkpoint()
        writer.append(note("meanwhile"))

    assert texts(log_path) == ["session_meta", "first", "meanwhile"]


async def test_the_repository_is_asked_for_when_the_file_is_created(
    log_path: Path, writer_of: WriterOf
) -> None:
    asked: list[str] = []

    def git_of(cwd: str) -> GitState:
        asked.append(cwd)
        return GitState("abc", "main", None)

    writer = writer_of(log_path, meta_of(), git_of=git_of)
    asked_at_first = list(asked)
    await writer.materialise()

    assert (asked_at_first, asked) == ([], ["/work/space"])
    assert orjson.loads(log_path.read_bytes())["payload"]["git"] == {"commit_hash": "abc", "branch": "main"}


async def test_a_torn_last_line_never_costs_the_next(log_path: Path, writer_of: WriterOf) -> None:
    log_path.parent.mkdir(parents=True)
    log_path.write_bytes(b'{"timestamp":"2026-11-22T10:56:18.497Z","type":"event_')

    writer = writer_of(log_path)
    writer.append(note("next"))
    await writer.close()

    torn, line = log_path.read_bytes().splitlines()
    assert torn.endswith(b'"event_')
    assert orjson.loads(line)["payload"]["text"] == "next"


async def test_two_servers_on_one_file_keep_each_others_lines_whole(
    log_path: Path, writer_of: WriterOf
) -> None:
    ours = writer_of(log_path, meta_of())
    await ours.materialise()
    theirs = writer_of(log_path)

    for number in range(10):
        (ours if number % 2 else theirs).append(note(str(number)))

    assert texts(log_path) == ["session_meta", *map(str, range(10))]


async def test_a_renamed_file_is_written_on_at_its_new_place(
    log_path: Path, tmp_path: Path, writer_of: WriterOf
) -> None:
    writer = writer_of(log_path, meta_of())
    await writer.materialise()
    moved = log_path.rename(tmp_path / log_path.name)

    writer.moved_to(moved)
    writer.append(note("later"))

    assert texts(moved) == ["session_meta", "later"]
    assert not log_path.exists()


async def test_a_copy_stands_between_the_first_line_and_everything_later(
    log_path: Path, writer_of: WriterOf
) -> None:
    writer = writer_of(log_path, meta_of())
    lines = [RolloutLine("old", EVENT, {"type": "note", "text": str(number)}) for number in range(200)]

    await writer.copy(lines)
    writer.append(note("own"))

    assert texts(log_path) == ["session_meta", *map(str, range(200)), "own"]
    assert {orjson.loads(line)["timestamp"] for line in log_path.read_bytes().splitlines()} == {NOW}


async def test_content_that_json_cannot_carry_is_replaced_not_lost(
    log_path: Path, writer_of: WriterOf
) -> None:
    writer = writer_of(log_path, meta_of())
    await writer.materialise()

    writer.append(RolloutItem(EVENT, {"type": "note", "text": "a\ud800b", "big": 2**70, "nan": float("nan")}))

    assert orjson.loads(log_path.read_bytes().splitlines()[1])["payload"] == {
        "type": "note",
        "text": "a\ufffdb",
        "big": float(2**70),
        "nan": None,
    }


async def test_the_name_in_the_file_is_the_threads(log_path: Path, writer_of: WriterOf) -> None:
    writer = writer_of(log_path, meta_of())

    await writer.materialise()

    assert orjson.loads(log_path.read_bytes()) | {"timestamp": NOW} == {
        "timestamp": NOW,
        "type": "session_meta",
        "payload": {
            "id": THREAD,
            "timestamp": "2026-11-22T10:56:18.497Z",
            "cwd": "/work/space",
            "originator": "editor",
            "cli_version": "0.169.0",
            "source": "vscode",
            "model_provider": "mock",
            "base_instructions": {"text": "Be helpful."},
        },
    }
