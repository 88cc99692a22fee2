"""Pages of threads: every thread once, in order, whatever falls into the same instant."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_server.store.errors import StoreRequestError
from app_server.store.rollout_head import RolloutHead
from app_server.store.session_meta import SessionMeta
from app_server.store.session_source import source_kind, wire_source
from app_server.store.thread_list import Place, ThreadQuery, build_page, page_limit
from app_server.store.thread_record import ThreadRecord, thread_record
from protocol.wire import JsonObject


def record(
    name: str,
    *,
    cwd: str = "/w",
    provider: str | None = "p",
    source: str | JsonObject = "cli",
    title: str = "",
) -> ThreadRecord:
    meta = SessionMeta(
        name, "2026-01-01T00:00:00.000Z", cwd, "o", "v", source=source, model_provider=provider
    )
    head = RolloutHead(meta, preview=f"say {name}")
    return thread_record(Path(name), head, meta, archived=False, updated_ms=0, name=title or None)


def all_pages(places: list[Place], *, limit: int, descending: bool) -> list[str]:
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(len(places) + 2):
        query = ThreadQuery(limit=limit, cursor=cursor, descending=descending)
        page = build_page(query, places, record)
        seen += [row.id for row in page.records]
        cursor = page.next_cursor
        if cursor is None:
            return seen
    raise AssertionError("the pages never end")


@given(
    st.dictionaries(st.sampled_from("abcdefghijkl"), st.integers(min_value=0, max_value=3)),
    st.integers(min_value=1, max_value=4),
    st.booleans(),
)
def test_pages_hold_every_thread_once_and_in_order(
    instants: dict[str, int], limit: int, descending: bool
) -> None:
    places = [(instant, name) for name, instant in instants.items()]

    seen = all_pages(places, limit=limit, descending=descending)

    assert seen == [name for _, name in sorted(places, reverse=descending)]


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(min_value=5, max_value=8), min_size=1))
def test_the_way_back_begins_with_the_row_that_it_was_taken_from(instants: dict[str, int]) -> None:
    places = [(instant, name) for name, instant in instants.items()]
    first = build_page(ThreadQuery(limit=1), places, record)

    back = build_page(ThreadQuery(cursor=first.backwards_cursor, descending=False), places, record)

    assert first.records[0] in back.records


def test_a_cursor_of_the_reference_is_understood() -> None:
    places = [(1_000, "a"), (2_000, "b"), (3_000, "c")]

    older = build_page(ThreadQuery(cursor="1970-01-01T00:00:02Z"), places, record)
    stamped = build_page(ThreadQuery(cursor="1970-01-01T00-00-02"), places, record)
    newer = build_page(ThreadQuery(cursor="1970-01-01T00:00:02.000Z", descending=False), places, record)

    assert [row.id for row in older.records] == [row.id for row in stamped.records] == ["a"]
    assert [row.id for row in newer.records] == ["c"]


@pytest.mark.parametrize("cursor", ["", "x", "|a", "2026-13-01T00:00:00Z", "2026-01-01"])
def test_a_cursor_of_nobody_is_refused(cursor: str) -> None:
    with pytest.raises(StoreRequestError) as refused:
        build_page(ThreadQuery(cursor=cursor), [], record)

    assert str(refused.value) == f"invalid cursor: {cursor}"


@pytest.mark.parametrize(("asked", "limit"), [(None, 25), (0, 1), (1, 1), (100, 100), (101, 100)])
def test_a_page_has_between_one_and_a_hundred_rows(asked: int | None, limit: int) -> None:
    assert page_limit(asked) == limit


def test_only_what_was_asked_for_is_listed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    rows = {
        "cli": record("cli"),
        "exec": record("exec", source="exec"),
        "child": record("child", source={"subagent": "review"}),
        "atlas": record("atlas", source={"custom": "atlas"}),
        "else": record("else", provider="q"),
        "none": record("none", provider=None),
        "link": record("link", cwd=str(tmp_path / "link"), title="Linked"),
    }

    def listed(**query: object) -> set[str]:
        page = build_page(ThreadQuery(**query), [(1, name) for name in rows], rows.get)  # type: ignore[arg-type]  # by name
        return {row.id for row in page.records}

    assert listed() == {"cli", "atlas", "else", "none", "link"}
    assert listed(source_kinds=frozenset({"exec", "subAgent"})) == {"exec", "child"}
    assert listed(model_providers=frozenset({"q"}), default_provider="p") == {"else"}
    assert listed(model_providers=frozenset({"p"}), default_provider="p") == {"cli", "atlas", "none", "link"}
    assert listed(model_providers=frozenset[str]()) == listed()
    assert listed(cwds=(str(tmp_path / "real"),)) == {"link"}
    assert listed(cwds=()) == set()
    assert listed(search="Linked") == listed(search="say link") == {"link"}
    assert listed(search="say LINK") == set()


@pytest.mark.parametrize(
    ("stored", "wire", "kind"),
    [
        ("cli", "cli", "cli"),
        ("mcp", "appServer", "appServer"),
        ({"custom": "x"}, {"custom": "x"}, "custom:x"),
        ({"subagent": "compact"}, {"subAgent": "compact"}, "subAgentCompact"),
        ({"subagent": "memory_consolidation"}, {"subAgent": "memory_consolidation"}, "subAgentOther"),
        (
            {"subagent": {"thread_spawn": {"parent_thread_id": "p", "depth": 1}}},
            {"subAgent": {"thread_spawn": {"parent_thread_id": "p", "depth": 1}}},
            "subAgentThreadSpawn",
        ),
    ],
)
def test_a_source_is_read_in_the_references_words(
    stored: str | JsonObject, wire: str | JsonObject, kind: str
) -> None:
    assert wire_source(stored) == wire
    assert source_kind(wire) == kind


@pytest.mark.parametrize("stored", ["martian", 7, None, {"internal": "x"}, {"subagent": {"thread_spawn": 1}}])
def test_a_source_that_is_not_known_is_called_unknown(stored: str | JsonObject | None) -> None:
    assert wire_source(stored) == "unknown"
