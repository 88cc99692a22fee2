"""A disk that fails in the middle of a write (D5): whole lines remain, each once, and recording goes on."""

from pathlib import Path

import orjson
import pytest
from store.conftest import FailingDisk, WriterOf, meta_of, note

from app_server.store.errors import RolloutWriteError

PLENTY = 1 << 30


def readable(path: Path) -> list[str]:
    lines: list[str] = []
    for raw in path.read_bytes().splitlines():
        try:
            payload = orjson.loads(raw)["payload"]
        except orjson.JSONDecodeError:
            continue
        lines.append(payload.get("text", "meta"))
    return lines


async def record_with_an_outage(path: Path, disk: FailingDisk, writer_of: WriterOf) -> int:
    """Write items to a disk that is full on the way and has room again later; how many errors came."""
    writer = writer_of(path, meta_of(), opener=disk.open)
    errors = 0
    for number in range(3):
        writer.append(note(f"{number} ä"))
        for attempt in (writer.materialise, writer.flush, writer.flush):
            try:
                await attempt()
            except RolloutWriteError:
                errors += 1
    disk.room = PLENTY
    await writer.flush()
    writer.append(note("after"))
    await writer.close()
    return errors


async def whole_log(path: Path, writer_of: WriterOf) -> bytes:
    await record_with_an_outage(path, FailingDisk(PLENTY), writer_of)
    return path.read_bytes()


EVERYTHING = ["meta", "0 ä", "1 ä", "2 ä", "after"]


@pytest.mark.requirement("D5")
async def test_wherever_the_disk_is_full_the_file_holds_whole_lines_each_once(
    tmp_path: Path, writer_of: WriterOf
) -> None:
    size = len(await whole_log(tmp_path / "whole.jsonl", writer_of))

    for room in range(size):
        path = tmp_path / f"{room}.jsonl"
        errors = await record_with_an_outage(path, FailingDisk(room), writer_of)

        assert readable(path) == EVERYTHING
        assert len(path.read_bytes().splitlines()) == len(EVERYTHING)  # nothing torn is left either
        assert errors == (1 if room < size - len(path.read_bytes().splitlines()[-1]) - 1 else 0)


@pytest.mark.requirement("D5")
async def test_where_torn_bytes_cannot_be_cut_off_they_cost_no_line(
    tmp_path: Path, writer_of: WriterOf
) -> None:
    size = len(await whole_log(tmp_path / "whole.jsonl", writer_of))

    for room in range(size):
        path = tmp_path / f"{room}.jsonl"
        await record_with_an_outage(path, FailingDisk(room, cuts=False), writer_of)

        assert readable(path) == EVERYTHING


@pytest.mark.requirement("D5")
async def test_killed_at_any_byte_the_next_server_goes_on_with_whole_lines(
    tmp_path: Path, writer_of: WriterOf
) -> None:
    whole = await whole_log(tmp_path / "whole.jsonl", writer_of)
    path = tmp_path / "killed.jsonl"

    for end in range(1, len(whole)):
        path.write_bytes(whole[:end])
        before = readable(path)
        writer = writer_of(path)
        writer.append(note("resumed"))
        await writer.close()

        assert readable(path) == [*before, "resumed"]


async def test_an_outage_is_told_once_and_nothing_is_forgotten_over_it(
    tmp_path: Path, writer_of: WriterOf
) -> None:
    disk = FailingDisk(PLENTY)
    path = tmp_path / "log.jsonl"
    writer = writer_of(path, meta_of(), opener=disk.open)
    await writer.materialise()

    disk.room = 0
    writer.append(note("one"), note("two"))
    with pytest.raises(RolloutWriteError, match="No space left on device"):
        await writer.flush()
    writer.append(note("three"))
    await writer.flush()
    disk.room = PLENTY
    await writer.flush()

    assert readable(path) == ["meta", "one", "two", "three"]


async def test_a_log_with_unwritten_items_does_not_close_quietly(tmp_path: Path, writer_of: WriterOf) -> None:
    disk = FailingDisk(0)
    writer = writer_of(tmp_path / "log.jsonl", meta_of(), opener=disk.open)
    with pytest.raises(RolloutWriteError):
        await writer.materialise()

    with pytest.raises(RolloutWriteError):
        await writer.close()
    disk.room = PLENTY
    await writer.close()

    assert readable(tmp_path / "log.jsonl") == ["meta"]


async def test_a_folder_that_cannot_be_created_is_an_error_with_its_reason(
    tmp_path: Path, writer_of: WriterOf
) -> None:
    (tmp_path / "file").write_text("in the way")
    writer = writer_of(tmp_path / "file" / "log.jsonl", meta_of())

    with pytest.raises(RolloutWriteError, match=r"Not a directory|File exists"):
        await writer.materialise()


async def test_torn_bytes_that_another_process_wrote_behind_are_left_alone(
    tmp_path: Path, writer_of: WriterOf
) -> None:
    path = tmp_path / "log.jsonl"
    disk = FailingDisk(PLENTY, cuts=False)
    writer = writer_of(path, meta_of(), opener=disk.open)
    await writer.materialise()

    disk.room = 10
    writer.append(note("ours"))
    with path.open("ab") as other:
        other.write(b'\n{"timestamp":"x","type":"event_msg","payload":{"text":"theirs"}}\n')
    disk.room = PLENTY
    await writer.flush()

    assert readable(path) == ["meta", "theirs", "ours"]
