"""Finding files by a few letters, once and while the user types (services.md §5)."""

from pathlib import Path

import pytest
from pydantic import JsonValue
from support.client import Client, JsonObject, Refusal
from support.connect import Connect


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"  # outside of any repository
    for name in ("src/main.rs", "src/lib.rs", "notes/main.md", ".hidden/main.txt", "ignored_main.log"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("")
    return root


def search(client: Client, query: str, *roots: Path, **more: JsonValue) -> list[JsonObject]:
    result = client.call("fuzzyFileSearch", {"query": query, "roots": [str(root) for root in roots], **more})
    files = result["files"]
    assert isinstance(files, list)
    return [file for file in files if isinstance(file, dict)]


def paths(found: list[JsonObject]) -> list[JsonValue]:
    return [one["path"] for one in found]


def test_the_best_match_comes_first_with_its_letters(shared: Client, tree: Path) -> None:
    found = search(shared, "main", tree, cancellationToken="one")

    assert found[0] == {
        "root": str(tree),
        "path": ".hidden/main.txt",
        "match_type": "file",
        "file_name": "main.txt",
        "score": 109,
        "indices": [8, 9, 10, 11],
    }
    assert [(one["path"], one["score"]) for one in found] == [
        (".hidden/main.txt", 109),
        ("notes/main.md", 109),
        ("src/main.rs", 109),
        ("ignored_main.log", 104),
    ]


def test_folders_are_found_too_and_count_to_the_deepest_root(shared: Client, tree: Path) -> None:
    found = search(shared, "s", tree, tree / "src")

    assert ("notes", "directory") in [(one["path"], one["match_type"]) for one in found]
    assert [one["path"] for one in found if one["root"] == str(tree / "src")] == ["lib.rs", "main.rs"]


def test_ignore_files_count_inside_a_repository_only(shared: Client, tree: Path) -> None:
    (tree / ".gitignore").write_text("*.log\n")
    outside = paths(search(shared, "log$", tree))
    (tree / ".git").mkdir()
    inside = paths(search(shared, "log$", tree))
    (tree / ".ignore").write_text("notes\n")

    # Something else may have left a `.git` in a folder around that of the test.
    around = any((folder / ".git").exists() for folder in tree.parents)
    assert outside == ([] if around else ["ignored_main.log"])
    assert inside == []
    assert "notes/main.md" not in paths(search(shared, "main", tree))


def test_nothing_is_found_without_query_or_roots_or_where_nothing_is(shared: Client, tree: Path) -> None:
    assert search(shared, "", tree) == []
    assert search(shared, "main") == []
    assert search(shared, "main", tree / "none") == []


def test_a_session_tells_every_query(connect: Connect, tree: Path) -> None:
    client = connect()

    client.call("fuzzyFileSearch/sessionStart", {"sessionId": "s", "roots": [str(tree)]})
    begun = client.wait_for("fuzzyFileSearch/sessionUpdated", sessionId="s", query="")
    client.wait_for("fuzzyFileSearch/sessionCompleted", sessionId="s")
    since = client.mark()
    client.call("fuzzyFileSearch/sessionUpdate", {"sessionId": "s", "query": "lib"})
    told = client.wait_for("fuzzyFileSearch/sessionUpdated", since, sessionId="s", query="lib")
    client.wait_for("fuzzyFileSearch/sessionCompleted", since, sessionId="s")
    client.call("fuzzyFileSearch/sessionStop", {"sessionId": "s"})
    ended = client.refusal("fuzzyFileSearch/sessionUpdate", {"sessionId": "s", "query": "l"})

    assert begun["files"] == []
    files = told["files"]
    assert isinstance(files, list)
    assert [one["path"] for one in files if isinstance(one, dict)] == ["src/lib.rs"]
    assert ended == Refusal(-32600, "fuzzy file search session not found: s")
    assert client.call("fuzzyFileSearch/sessionStop", {"sessionId": "never"}) == {}


def test_a_session_needs_an_id_and_a_root(shared: Client, tree: Path) -> None:
    unnamed = shared.refusal("fuzzyFileSearch/sessionStart", {"sessionId": "", "roots": [str(tree)]})
    nowhere = shared.refusal("fuzzyFileSearch/sessionStart", {"sessionId": "s", "roots": []})

    assert unnamed == Refusal(-32600, "sessionId must not be empty")
    assert nowhere == Refusal(
        -32603, "failed to start fuzzy file search session: at least one search directory is required"
    )
