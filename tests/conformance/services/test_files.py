"""The host's files: read, changed and watched by clients (services.md §4)."""

import base64
import os
from pathlib import Path

import pytest
from pydantic import JsonValue
from support.client import Client, JsonObject, Refusal
from support.connect import Connect

posix = pytest.mark.skipif(os.name == "nt", reason="words and kinds of files of POSIX systems")

MISSING = "No such file or directory (os error 2)"


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.fixture
def folder(peer_home: Path) -> Path:
    made = peer_home / "files"
    made.mkdir()
    return made


def entries(client: Client, path: Path) -> list[JsonValue]:
    found = client.call("fs/readDirectory", {"path": str(path)})["entries"]
    assert isinstance(found, list)
    return sorted(found, key=str)


def test_bytes_are_written_and_read_back_as_they_are(shared: Client, folder: Path) -> None:
    file = str(folder / "a.bin")
    data = bytes(range(256)) + "\u2028".encode()

    written = shared.call("fs/writeFile", {"path": file, "dataBase64": b64(data)})
    read = shared.call("fs/readFile", {"path": file})

    assert written == {}
    assert read == {"dataBase64": b64(data)}


def test_writing_replaces_and_never_makes_folders(shared: Client, folder: Path) -> None:
    file = folder / "a.txt"
    file.write_bytes(b"a longer text")

    shared.call("fs/writeFile", {"path": str(file), "dataBase64": ""})
    refused = shared.refusal("fs/writeFile", {"path": str(folder / "no" / "a.txt"), "dataBase64": ""})

    assert file.read_bytes() == b""
    assert refused == Refusal(-32603, MISSING)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("aGk", "Invalid padding"),
        ("aG!k", "Invalid symbol 33, offset 2."),
    ],
)
def test_what_is_no_base64_is_refused(shared: Client, folder: Path, text: str, fault: str) -> None:
    refused = shared.refusal("fs/writeFile", {"path": str(folder / "a"), "dataBase64": text})

    assert refused == Refusal(-32600, f"fs/writeFile requires valid base64 dataBase64: {fault}")
    assert not (folder / "a").exists()


@posix
def test_what_the_system_refuses_is_told_in_its_own_words(shared: Client, folder: Path) -> None:
    (folder / "file").write_bytes(b"")
    (folder / "full" / "inner").mkdir(parents=True)

    def refusal(method: str, params: JsonObject) -> Refusal:
        return shared.refusal(method, params)

    found = [
        refusal("fs/readFile", {"path": str(folder / "none")}),
        refusal("fs/readFile", {"path": str(folder)}),
        refusal("fs/readDirectory", {"path": str(folder / "file")}),
        refusal("fs/getMetadata", {"path": str(folder / "none")}),
        refusal("fs/createDirectory", {"path": str(folder / "full"), "recursive": False}),
        refusal("fs/createDirectory", {"path": str(folder / "a" / "b"), "recursive": False}),
        refusal("fs/remove", {"path": str(folder / "none"), "force": False}),
        refusal("fs/remove", {"path": str(folder / "full"), "recursive": False}),
        refusal("fs/copy", {"sourcePath": str(folder / "none"), "destinationPath": str(folder / "x")}),
    ]

    assert [(one.code, one.message) for one in found] == [
        (-32603, MISSING),
        (-32603, "Is a directory (os error 21)"),
        (-32603, "Not a directory (os error 20)"),
        (-32603, MISSING),
        (-32603, "File exists (os error 17)"),
        (-32603, MISSING),
        (-32603, MISSING),
        (-32603, "Directory not empty (os error 39)"),
        (-32603, MISSING),
    ]


@pytest.mark.parametrize("path", ["relative", "~/home", "./a"])
def test_a_relative_path_is_refused(shared: Client, path: str) -> None:
    refused = shared.refusal("fs/readFile", {"path": path})

    assert refused == Refusal(-32600, "Invalid request: AbsolutePathBuf deserialized without a base path")


def test_folders_are_made_with_their_parents_unless_told_otherwise(shared: Client, folder: Path) -> None:
    deep = folder / "a" / "b" / "c"

    once = shared.call("fs/createDirectory", {"path": str(deep)})
    again = shared.call("fs/createDirectory", {"path": str(deep), "recursive": None})

    assert deep.is_dir()
    assert once == again == {}


@posix
def test_what_a_path_is(shared: Client, folder: Path) -> None:
    (folder / "file").write_bytes(b"x")
    os.utime(folder / "file", ns=(0, 1_700_000_000_123_000_000))
    (folder / "link").symlink_to("file")
    (folder / "nowhere").symlink_to("none")
    os.mkfifo(folder / "pipe")

    def facts(name: str) -> JsonObject:
        return shared.call("fs/getMetadata", {"path": str(folder / name)})

    def kinds(name: str) -> tuple[JsonValue, ...]:
        found = facts(name)
        return found["isDirectory"], found["isFile"], found["isSymlink"]

    assert facts("file")["modifiedAtMs"] == 1_700_000_000_123
    assert kinds("file") == (False, True, False)
    assert kinds("") == (True, False, False)
    assert kinds("link") == (False, True, True)
    assert kinds("pipe") == (False, False, False)
    assert shared.refusal("fs/getMetadata", {"path": str(folder / "nowhere")}).message == MISSING
    assert entries(shared, folder) == sorted(
        [
            {"fileName": "file", "isDirectory": False, "isFile": True},
            {"fileName": "link", "isDirectory": False, "isFile": True},
            {"fileName": "pipe", "isDirectory": False, "isFile": False},
        ],
        key=str,
    )


def test_removing_takes_all_and_minds_nothing_missing(shared: Client, folder: Path) -> None:
    (folder / "full" / "inner").mkdir(parents=True)
    (folder / "full" / "inner" / "file").write_bytes(b"")

    shared.call("fs/remove", {"path": str(folder / "full")})
    shared.call("fs/remove", {"path": str(folder / "full")})

    assert list(folder.iterdir()) == []


@posix
def test_removing_a_link_leaves_what_it_leads_to(shared: Client, folder: Path) -> None:
    (folder / "kept").mkdir()
    (folder / "link").symlink_to("kept")

    shared.call("fs/remove", {"path": str(folder / "link")})

    assert [path.name for path in folder.iterdir()] == ["kept"]


@posix
def test_a_tree_is_merged_into_another(shared: Client, folder: Path) -> None:
    source, target = folder / "source", folder / "target"
    (source / "inner").mkdir(parents=True)
    (source / "inner" / "file").write_bytes(b"new")
    (source / "link").symlink_to("inner/file")
    os.mkfifo(source / "pipe")
    (target / "inner").mkdir(parents=True)
    (target / "inner" / "file").write_bytes(b"old")
    (target / "inner" / "kept").write_bytes(b"")
    params: JsonObject = {"sourcePath": str(source), "destinationPath": str(target)}

    copied = shared.call("fs/copy", {**params, "recursive": True})
    link_is_there = shared.refusal("fs/copy", {**params, "recursive": True})
    not_asked_for = shared.refusal("fs/copy", params)
    into_itself = shared.refusal(
        "fs/copy", {"sourcePath": str(source), "destinationPath": str(source / "x"), "recursive": True}
    )
    pipe = shared.refusal(
        "fs/copy", {"sourcePath": str(source / "pipe"), "destinationPath": str(folder / "pipe")}
    )

    assert copied == {}
    assert (target / "inner" / "file").read_bytes() == b"new"
    assert (target / "inner" / "kept").exists()
    assert (target / "link").readlink() == Path("inner/file")
    assert not (target / "pipe").exists()
    assert link_is_there == Refusal(-32603, "File exists (os error 17)")
    assert not_asked_for == Refusal(-32600, "fs/copy requires recursive: true when sourcePath is a directory")
    assert into_itself == Refusal(
        -32600, "fs/copy cannot copy a directory to itself or one of its descendants"
    )
    assert pipe == Refusal(-32600, "fs/copy only supports regular files, directories, and symlinks")


# --- watching ---------------------------------------------------------------------------------------


def watch(client: Client, path: Path, watch_id: str = "w") -> None:
    assert client.call("fs/watch", {"watchId": watch_id, "path": str(path)}) == {"path": str(path)}


def changed(client: Client, path: Path, since: int = 0, watch_id: str = "w") -> None:
    """Wait until the path is told as changed."""

    def told(message: JsonObject) -> bool:
        params = message.get("params")
        if message.get("method") != "fs/changed" or not isinstance(params, dict):
            return False
        paths = params["changedPaths"]
        assert isinstance(paths, list)
        assert paths == sorted(paths, key=str)
        return params["watchId"] == watch_id and str(path) in paths

    client.wait(told, since)


def told(client: Client, watch_id: str = "w") -> set[JsonValue]:
    """Every path told so far."""
    found: set[JsonValue] = set()
    for message in client.received:
        params = message.get("params")
        if message.get("method") == "fs/changed" and isinstance(params, dict):
            paths = params["changedPaths"]
            assert isinstance(paths, list)
            if params["watchId"] == watch_id:
                found.update(map(str, paths))
    return found


def test_a_watched_folder_tells_of_itself_and_its_entries(connect: Connect, folder: Path) -> None:
    client = connect()
    (folder / "deep").mkdir()
    watch(client, folder)

    (folder / "deep" / "unseen").write_bytes(b"")
    (folder / "new").write_bytes(b"")
    changed(client, folder / "new")
    since = client.mark()
    (folder / "new").unlink()
    changed(client, folder / "new", since)

    assert told(client) <= {str(folder), str(folder / "new"), str(folder / "deep")}


def test_a_watched_file_is_followed_through_replacing_it_again_and_again(
    connect: Connect, folder: Path
) -> None:
    client = connect()
    file = folder / "watched"
    file.write_bytes(b"0")
    watch(client, file)

    for round_ in range(3):
        since = client.mark()
        (folder / "other").write_bytes(b"%d" % round_)
        (folder / "other").replace(file)
        changed(client, file, since)

    assert told(client) == {str(file)}


def test_a_path_that_does_not_exist_yet_is_told_when_it_comes_and_goes(
    connect: Connect, folder: Path
) -> None:
    client = connect()
    file = folder / "a" / "b" / "file"
    watch(client, file)

    file.parent.mkdir(parents=True)
    file.write_bytes(b"")
    changed(client, file)
    since = client.mark()
    file.unlink()
    changed(client, file, since)
    since = client.mark()
    file.parent.rmdir()
    file.parent.mkdir()
    file.write_bytes(b"again")
    changed(client, file, since)

    assert told(client) == {str(file)}


@posix
def test_paths_are_told_as_they_were_asked_for(connect: Connect, folder: Path) -> None:
    client = connect()
    (folder / "real").mkdir()
    (folder / "link").symlink_to("real")
    watch(client, folder / "link")

    (folder / "real" / "file").write_bytes(b"")

    changed(client, folder / "link" / "file")


def test_nothing_is_told_after_unwatching(connect: Connect, folder: Path) -> None:
    client = connect()
    watch(client, folder, "first")
    watch(client, folder, "second")
    taken = client.refusal("fs/watch", {"watchId": "first", "path": str(folder)})

    assert client.call("fs/unwatch", {"watchId": "first"}) == {}
    assert client.call("fs/unwatch", {"watchId": "never heard of"}) == {}
    (folder / "file").write_bytes(b"")
    changed(client, folder / "file", watch_id="second")

    assert taken == Refusal(-32600, "watchId already exists: first")
    assert told(client, "first") == set()
    watch(client, folder, "first")
