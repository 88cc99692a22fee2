"""A profile of `[permissions]` allows what it names: no more, no less (persistence.md §11.3)."""

from pathlib import Path

import pytest

from app_server.config.errors import ConfigError
from app_server.config.own_profile import own_profile_policy
from app_server.config.permissions import SandboxPolicy
from app_server.config.writable_places import may_write, writable_roots
from protocol.wire import JsonObject, JsonValue

CWD, MEMORIES, TMPDIR = "/code", "/home/memories", "/scratch"


def policy(files: JsonObject, workspace: list[str] | None = None) -> SandboxPolicy:
    return own_profile_policy({"filesystem": files}, CWD, MEMORIES, workspace)


@pytest.mark.parametrize(
    ("files", "roots"),
    [
        ({":root": "read", "/b": "write"}, ("/b", MEMORIES)),
        ({":minimal": "read", ":tmpdir": "write"}, (MEMORIES, TMPDIR)),
        ({":root": "read", ":workspace_roots": "write"}, (CWD, MEMORIES)),
        ({":workspace_roots": {".": "write", "docs": "read"}}, (CWD, MEMORIES)),
        ({":workspace_roots": {"out": "write"}}, ("/code/out", MEMORIES)),
        ({"/a": {".": "read", "deep": "write"}}, ("/a/deep", MEMORIES)),
        ({":root": "write", "/secret": "none"}, ("/", MEMORIES)),
        ({"/": "write"}, ("/", MEMORIES)),
        ({":tmpdir": "write", ":slash_tmp": "write", ":newer": "write"}, (MEMORIES, TMPDIR)),
    ],
)
def test_only_what_is_named_may_be_written(files: dict[str, JsonValue], roots: tuple[str, ...]) -> None:
    assert writable_roots(policy(files), CWD, TMPDIR) == roots


@pytest.mark.parametrize(
    "files", [{":root": "read"}, {":project_roots": "write"}, {":slash_tmp": "write"}, {"/b": "read"}]
)
def test_where_nothing_is_named_nothing_may_be_written(files: dict[str, JsonValue]) -> None:
    assert policy(files).mode == "read-only"


def test_the_workspace_may_be_other_folders_than_the_cwd() -> None:
    files: JsonObject = {":workspace_roots": "write"}

    assert writable_roots(policy(files, ["/a", CWD]), CWD, None) == ("/a", CWD, MEMORIES)
    assert writable_roots(policy(files, ["/a"]), CWD, None) == ("/a", MEMORIES)


def test_all_is_allowed_only_where_nothing_is_held_back() -> None:
    assert policy({":root": "write"}).mode == "external-sandbox"
    assert policy({":root": "write", "/b": "read"}).kept == ("/b",)
    assert policy({":root": "write", "/b": "none"}).hidden == ("/b",)


def test_what_may_only_be_read_is_kept_where_something_around_it_may_be_written() -> None:
    held = policy({"/a": {".": "write", "docs": "read"}, "/b": {".": "read", "out": "write"}})

    assert held.kept == ("/a/docs",)
    assert may_write("/b/out/x", held.writable_roots)
    assert not may_write("/b/x", held.writable_roots)


def test_a_relative_place_is_refused() -> None:
    with pytest.raises(ConfigError, match="must be absolute"):
        policy({"docs": "write"})


def test_home_stands_for_itself() -> None:
    assert policy({"~/x": "write"}).writable_roots == (str(Path.home() / "x"), MEMORIES)
