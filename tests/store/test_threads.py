"""The threads of one home: found, listed, named, archived, read back; whatever else lies there."""

from collections.abc import Callable, Iterator
from pathlib import Path

import anyio
import orjson
import pytest
from store.conftest import CREATED, NOW, THREAD, meta_of

from app_server.store import records
from app_server.store.errors import LiveWriterError, NoRolloutError, StoreRequestError
from app_server.store.rollout_items import RolloutItem
from app_server.store.session_meta import GitState
from app_server.store.thread_list import ThreadPage, ThreadQuery
from app_server.store.thread_log import ThreadLog
from app_server.store.threads import LocalThreadStore

OTHER = "01a202e6-5631-75f2-8fb9-63efa246fe0d"


def thread_id(number: int, ms: int = 0x01A202E65241) -> str:
    """The id of a thread that was created at this millisecond."""
    stamp = f"{ms:012x}"
    return f"{stamp[:8]}-{stamp[8:]}-7000-8000-{number:012}"


def spoken(text: str = "hello") -> RolloutItem:
    return records.user_message([{"type": "text", "text": text, "text_elements": []}], item_id="u")


def settings(model: str = "m") -> RolloutItem:
    return records.turn_context({"model": model, "effort": "high"})


async def write(store: LocalThreadStore, name: str = THREAD, *items: RolloutItem) -> ThreadLog:
    log = store.create(meta_of(name))
    log.append(*(items or (spoken(),)))
    await log.materialise()
    return log


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalThreadStore]:
    store = LocalThreadStore(tmp_path)
    yield store
    store.discard_writers()


def ids(page: ThreadPage) -> list[str]:
    return [record.id for record in page.records]


async def test_a_new_threads_path_is_known_before_its_file_is_there(store: LocalThreadStore) -> None:
    log = store.create(meta_of())

    assert log.path is not None
    assert log.path.name.endswith(f"-{THREAD}.jsonl")
    assert not log.path.exists()
    assert (await store.list(ThreadQuery())).records == ()


async def test_an_ephemeral_thread_has_no_path_and_no_file(store: LocalThreadStore, tmp_path: Path) -> None:
    log = store.create(meta_of(), ephemeral=True)
    log.append(spoken())
    await log.materialise()

    assert log.path is None
    assert list(tmp_path.iterdir()) == []


async def test_a_stored_thread_tells_what_lists_show(store: LocalThreadStore) -> None:
    log = await write(
        store, THREAD, settings("old"), spoken("## My request for Codex:\n fix it "), settings()
    )
    await store.set_name(THREAD, "  Named  ")

    record = await store.read(THREAD)

    assert record is not None
    assert (record.id, record.path, record.archived) == (THREAD, log.path, False)
    assert (record.preview, record.name, record.model, record.effort) == ("fix it", "Named", "m", "high")
    assert (record.source, record.model_provider, record.cwd) == ("vscode", "mock", "/work/space")
    assert record.created_at_ms == 1_795_344_978_497
    assert record.updated_at_ms > 0


@pytest.mark.requirement("D6")
async def test_a_thread_can_be_read_and_listed_while_its_file_is_being_made(store: LocalThreadStore) -> None:
    log = store.create(meta_of())
    log.append(spoken())
    listed: list[str] = []

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(log.materialise)
        with anyio.fail_after(10):
            while not (listed := ids(await store.list(ThreadQuery()))):
                early = await store.read(THREAD)  # never an error about a file that is not ready
                assert early is None or early.preview == "hello"
    record, stored = await store.read(THREAD), await store.load(THREAD)

    assert record is not None
    assert listed == [record.id] == [stored.meta.id] == [THREAD]


async def test_one_thread_has_one_writer(store: LocalThreadStore) -> None:
    log = await write(store)

    with pytest.raises(LiveWriterError, match=f"thread {THREAD} already has a live local writer"):
        store.create(meta_of())
    await log.close()
    assert log.path is not None
    again = store.open_for_append(THREAD, log.path)
    again.append(spoken("again"))

    assert len(list(await store.load(THREAD))) == 3


async def test_an_unknown_thread_is_refused_in_the_words_that_clients_know(store: LocalThreadStore) -> None:
    missing = f"no rollout found for thread id {THREAD}"

    for call in (store.load, store.archive):
        with pytest.raises(NoRolloutError, match=missing):
            await call(THREAD)
    with pytest.raises(NoRolloutError, match=f"no archived rollout found for thread id {THREAD}"):
        await store.unarchive(THREAD)
    with pytest.raises(StoreRequestError, match=f"thread not found: {THREAD}"):
        await store.set_name(THREAD, "x")
    with pytest.raises(StoreRequestError, match="thread name must not be empty"):
        await store.set_name(THREAD, "  ")
    with pytest.raises(StoreRequestError, match=r"rollout path `no/such`: No such file .* \(os error 2\)"):
        await store.load_path("no/such")
    assert await store.read(THREAD) is None


async def test_an_archived_thread_is_listed_only_as_archived_until_it_comes_back(
    store: LocalThreadStore, tmp_path: Path
) -> None:
    log = await write(store)
    await log.close()
    assert log.path is not None

    target = await store.archive(THREAD)
    archived = await store.list(ThreadQuery(archived=True))
    current = await store.list(ThreadQuery())
    with pytest.raises(NoRolloutError):
        await store.set_name(THREAD, "x")
    record = await store.unarchive(THREAD)

    assert target == tmp_path / "archived_sessions" / log.path.name
    assert (ids(archived), ids(current)) == ([THREAD], [])
    assert (record.path, record.archived) == (log.path, False)


async def test_a_live_thread_writes_on_wherever_it_is_moved(store: LocalThreadStore) -> None:
    log = await write(store)

    await store.archive(THREAD)
    log.append(spoken("in the archive"))
    await store.unarchive(THREAD)
    log.append(spoken("back"))

    messages = [line.payload.get("message") for line in await store.load(THREAD)]
    assert messages == [None, "hello", "in the archive", "back"]


async def test_naming_a_thread_that_nobody_spoke_in_makes_its_file_but_does_not_list_it(
    store: LocalThreadStore, tmp_path: Path
) -> None:
    log = store.create(meta_of())

    assert await store.set_name(THREAD, "Early") == "Early"

    assert log.path is not None
    assert len(log.path.read_bytes().splitlines()) == 1
    assert (await store.list(ThreadQuery())).records == ()
    entry = orjson.loads((tmp_path / "session_index.jsonl").read_bytes())
    assert (entry["id"], entry["thread_name"]) == (THREAD, "Early")
    assert await store.name_of(THREAD) == "Early"


async def test_of_two_names_the_later_counts_and_bad_lines_are_passed_over(
    store: LocalThreadStore, tmp_path: Path
) -> None:
    await write(store)
    await store.set_name(THREAD, "one")
    with (tmp_path / "session_index.jsonl").open("ab") as index:
        index.write(b'garbage\n{"id":7}\n{"id":"torn')

    await store.set_name(THREAD, "two")

    assert await store.name_of(THREAD) == "two"
    assert await LocalThreadStore(tmp_path).name_of(THREAD) == "two"


async def test_git_facts_that_are_set_later_are_the_ones_shown(store: LocalThreadStore) -> None:
    await write(store)

    await store.set_git(THREAD, GitState("abc", "main", "url"))

    record = await store.read(THREAD)
    assert record is not None
    assert record.git == GitState("abc", "main", "url")
    assert (await store.load(THREAD)).meta.id == THREAD


async def test_a_fork_is_read_back_as_its_source_and_names_it(store: LocalThreadStore) -> None:
    await write(store, THREAD, spoken("first"))
    fork = store.create(meta_of(OTHER))

    await fork.copy(await store.load(THREAD))

    stored = await store.load(OTHER)
    assert stored.meta.id == OTHER
    assert [line.type for line in stored] == ["session_meta", "session_meta", "event_msg"]
    assert [record.preview for record in (await store.list(ThreadQuery())).records] == ["first", "first"]


@pytest.mark.requirement("D3")
async def test_damaged_files_hide_no_other_thread(
    store: LocalThreadStore, put_rollout: Callable[[str, bytes], Path], tmp_path: Path
) -> None:
    log = await write(store)
    await log.close()
    assert log.path is not None
    good = log.path.read_bytes()
    damages = [
        b"",
        b"\0" * 5000,
        b"\xff\xfe",
        b"[" * 2000,
        good[:50],
        b"{}\n" * 300,
        good.replace(b"meta", b"m"),
    ]
    for number, damage in enumerate(damages):
        put_rollout(thread_id(number), damage)
    put_rollout(thread_id(50), b"\xef\xbb\xbf" + good.replace(THREAD.encode(), thread_id(50).encode()))
    put_rollout(thread_id(51), b"junk\n" + good.replace(THREAD.encode(), thread_id(51).encode()) + b'{"torn')
    (tmp_path / "sessions" / "2026" / "11" / "22" / "notes.txt").write_text("not a rollout")
    (tmp_path / "sessions" / "stray").write_text("not a folder")
    (log.path.parent / f"rollout-2026-11-22T10-56-18-{thread_id(60)}.jsonl").mkdir()

    page = await store.list(ThreadQuery())
    damaged = await store.load(thread_id(51))
    entries = [line.type for line in damaged]

    assert sorted(ids(page)) == sorted([THREAD, thread_id(50), thread_id(51)])
    assert entries == ["session_meta", "event_msg"]
    assert damaged.notice == (
        f"2 lines of {damaged.path} could not be read and were skipped; the first is line 1."
    )


@pytest.mark.requirement("D9")
async def test_what_is_listed_comes_from_the_rollouts_alone(store: LocalThreadStore, tmp_path: Path) -> None:
    for number in range(5):
        await write(store, thread_id(number), spoken(f"thread {number}"))
    before = await store.list(ThreadQuery())

    after = await LocalThreadStore(tmp_path).list(ThreadQuery())

    assert before == after
    assert len(before.records) == 5
    assert {path.name for path in tmp_path.iterdir()} == {"sessions"}


async def test_a_thread_that_the_newer_reference_forked_or_reverted_is_read_with_what_it_goes_on_from(
    store: LocalThreadStore, tmp_path: Path
) -> None:
    log = await write(store, THREAD, spoken("kept"))
    assert log.path is not None
    end = len(log.path.read_bytes())
    log.append(spoken("reverted"))
    await log.close()
    payload = meta_of(timestamp="2026-11-22T12:00:00.000Z").to_item().payload
    base = {"thread_id": THREAD, "end_ordinal_exclusive": 2, "end_byte_offset": end}
    lines = [
        {"timestamp": NOW, "type": "session_meta", "payload": {**payload, "history_base": base}},
        {"timestamp": NOW, "type": "event_msg", "payload": spoken("new").payload},
    ]
    segment = log.path.with_name(f"{log.path.stem}_{OTHER}.jsonl")
    segment.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))

    messages = [line.payload["message"] for line in await store.load(THREAD) if line.type == "event_msg"]
    (record,) = (await store.list(ThreadQuery())).records

    assert messages == ["kept", "new"]
    assert (record.path, record.preview, record.created_at_ms) == (segment, "kept", 1_795_344_978_497)
    assert CREATED.startswith("2026-11-22T10:56:18.497")
