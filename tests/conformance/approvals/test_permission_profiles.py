"""Commands under a permission profile, spelled out or by its name (services.md §2)."""

import shutil
import sys
from pathlib import Path

import pytest
from pydantic import JsonValue
from support import sse
from support.calls import calling, outputs
from support.client import Client, JsonObject
from support.connect import Connect
from support.conversation import run_turn, start_thread
from support.upstream import Upstream

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("bwrap") is None, reason="bubblewrap is not on PATH"
)

ROOT: JsonObject = {"type": "special", "value": {"kind": "root"}}
WORKSPACE: JsonObject = {"type": "special", "value": {"kind": "project_roots"}}
MINIMAL: JsonObject = {"type": "special", "value": {"kind": "minimal"}}


def path(place: Path | str) -> JsonObject:
    return {"type": "path", "path": str(place)}


def profile(*entries: tuple[JsonObject, str], network: bool = False) -> JsonObject:
    listed: list[JsonValue] = [{"path": place, "access": access} for place, access in entries]
    files: JsonObject = {"type": "restricted", "entries": listed}
    return {"type": "managed", "network": {"enabled": network}, "fileSystem": files}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with a repository and a secret; beside it, a folder with a file."""
    place = tmp_path / "workspace"
    (place / ".git").mkdir(parents=True)
    (place / "secrets").mkdir()
    (place / "secrets" / "key").write_text("hidden")
    (place / ".env").write_text("hidden")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "file").write_text("there")
    return place


@pytest.fixture
def client(connect: Connect) -> Client:
    return connect()


def run(client: Client, folder: Path, script: str, limits: JsonObject) -> tuple[JsonValue, str]:
    """Whether the script came to its end, and what it said."""
    result = client.call(
        "command/exec",
        {"command": ["/bin/sh", "-c", script], "cwd": str(folder), "permissionProfile": limits},
    )
    return result["exitCode"], f"{result['stdout']}{result['stderr']}"


def test_what_is_named_may_be_written_and_the_rest_read(client: Client, folder: Path) -> None:
    out = folder.parent / "out"
    limits = profile((ROOT, "read"), (path(out), "write"))

    assert run(client, folder, f"cat {out}/file; echo x > {out}/new", limits) == (0, "there")
    assert run(client, folder, "echo x > here", limits)[0] != 0
    assert not (folder / "here").exists()


def test_the_workspace_can_be_named_by_its_meaning_and_keeps_what_is_protected(
    client: Client, folder: Path
) -> None:
    limits = profile((ROOT, "read"), (WORKSPACE, "write"))

    assert run(client, folder, "echo x > here", limits) == (0, "")
    assert run(client, folder, "echo x > .git/config", limits)[0] != 0
    assert not (folder / ".git" / "config").exists()


def test_what_is_more_exact_decides(client: Client, folder: Path) -> None:
    kept = folder / "kept"
    (kept / "open").mkdir(parents=True)
    limits = profile(
        (ROOT, "read"), (path(kept / "open"), "write"), (WORKSPACE, "write"), (path(kept), "read")
    )

    assert run(client, folder, "echo x > kept/open/new && echo x > new", limits) == (0, "")
    assert run(client, folder, "echo x > kept/new", limits)[0] != 0
    assert not (kept / "new").exists()


@pytest.mark.parametrize("access", ["none", "deny"])
def test_what_is_denied_cannot_be_read(client: Client, folder: Path, access: str) -> None:
    limits = profile(
        (ROOT, "read"),
        (WORKSPACE, "write"),
        (path(folder / "secrets"), access),
        (path(folder / ".env"), access),
    )

    for script in ("cat secrets/key", "cat .env", "cp -r secrets copied && cat copied/key"):
        assert "hidden" not in run(client, folder, script, limits)[1]
    assert (folder / "secrets" / "key").read_text() == "hidden"
    assert run(client, folder, "echo x > new", limits) == (0, "")


def test_a_pattern_denies_all_that_it_matches(client: Client, folder: Path) -> None:
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "deep" / "er" / ".env").write_text("hidden")
    pattern: JsonObject = {"type": "glob_pattern", "pattern": f"{folder}/**/.env"}
    limits = profile((ROOT, "read"), (WORKSPACE, "write"), (pattern, "none"))

    said = run(client, folder, "cat .env; cat deep/er/.env; cat secrets/key", limits)[1]

    assert said.count("hidden") == 1


def test_without_the_root_only_what_is_named_can_be_read(client: Client, folder: Path) -> None:
    limits = profile((MINIMAL, "read"), (WORKSPACE, "read"))

    assert run(client, folder, "cat secrets/key", limits) == (0, "hidden")
    assert "there" not in run(client, folder, "cat ../out/file", limits)[1]
    assert run(client, folder, "echo x > new", limits)[0] != 0


def test_the_network_is_a_matter_of_its_own(client: Client, folder: Path) -> None:
    script = f"{sys.executable} -c 'import socket; socket.socket()'"

    assert run(client, folder, script, profile((ROOT, "read")))[0] != 0
    assert run(client, folder, script, profile((ROOT, "read"), network=True)) == (0, "")


def test_everything_may_be_allowed_but_the_network(client: Client, folder: Path) -> None:
    limits: JsonObject = {
        "type": "managed",
        "network": {"enabled": False},
        "fileSystem": {"type": "unrestricted"},
    }

    assert run(client, folder, "echo x > ../out/new; echo $CODEX_SANDBOX_NETWORK_DISABLED", limits) == (
        0,
        "1\n",
    )
    assert (folder.parent / "out" / "new").exists()


@pytest.mark.parametrize("writes", [False, True])
def test_a_thread_under_a_profile_of_the_users_cannot_read_what_that_hides(
    connect: Connect, upstream: Upstream, folder: Path, writes: bool
) -> None:
    with (connect.home / "config.toml").open("a", encoding="utf-8") as file:
        file.write(
            "[permissions.guarded.filesystem]\n"
            '":root" = "read"\n'
            f'"{folder}" = "{"write" if writes else "read"}"\n'
            f'"{folder / "secrets"}" = "none"\n'
        )
    script: JsonValue = {"cmd": "cat secrets/key; echo x > new; cat new; cat .env", "login": False}
    text = f"*** Begin Patch\n*** Add File: {folder / 'secrets' / 'key'}\n+x\n*** End Patch"
    patch = sse.item_done({"type": "custom_tool_call", "name": "apply_patch", "input": text, "call_id": "c2"})
    upstream.script(calling(sse.call("exec_command", script), patch))
    client = connect()
    thread_id = start_thread(client, cwd=str(folder), permissions="guarded", approvalPolicy="never")

    run_turn(client, thread_id)

    said = str(outputs(upstream)[0])
    assert said.count("hidden") == 1
    assert (folder / "new").exists() == writes
    assert (folder / "secrets" / "key").read_text() == "hidden"


def test_a_thread_under_a_profile_of_the_users_writes_only_what_that_names(
    connect: Connect, upstream: Upstream, folder: Path
) -> None:
    (folder / "docs").mkdir()
    (folder / "docs" / "text").write_text("kept")
    out = folder.parent / "out"
    with (connect.home / "config.toml").open("a", encoding="utf-8") as file:
        file.write(
            "[permissions.narrow.filesystem]\n"
            '":root" = "read"\n'
            f'"{out}" = "write"\n'
            "[permissions.wide.filesystem]\n"
            '":root" = "read"\n'
            '":workspace_roots" = { "." = "write", "docs" = "read" }\n'
        )
    script: JsonValue = {
        "cmd": f"echo x > here; echo x > {out}/new; echo x > docs/text; cat docs/text",
        "login": False,
    }
    text = f"*** Begin Patch\n*** Add File: {folder / 'docs' / 'more'}\n+x\n*** End Patch"
    patch = sse.item_done({"type": "custom_tool_call", "name": "apply_patch", "input": text, "call_id": "c2"})
    client = connect()

    written: list[tuple[bool, bool]] = []
    for name in ("narrow", "wide"):
        upstream.script(calling(sse.call("exec_command", script), patch))
        run_turn(client, start_thread(client, cwd=str(folder), permissions=name, approvalPolicy="never"))
        written.append(((folder / "here").exists(), (out / "new").exists()))
        assert "kept" in str(outputs(upstream)[0])
        (out / "new").unlink(missing_ok=True)

    assert written == [(False, True), (True, False)]
    assert not (folder / "docs" / "more").exists()


def test_another_profile_does_not_lay_open_what_the_first_hides(
    connect: Connect, upstream: Upstream, folder: Path
) -> None:
    config = connect.home / "config.toml"
    config.write_text(
        f'default_permissions = "guarded"\n{config.read_text()}'
        "[permissions.guarded.filesystem]\n"
        '":root" = "read"\n'
        f'"{folder / "secrets"}" = "none"\n'
    )
    upstream.script(calling(sse.call("exec_command", {"cmd": "cat secrets/key; cat .env", "login": False})))
    client = connect()
    thread_id = start_thread(client, cwd=str(folder), approvalPolicy="never")

    run_turn(client, thread_id, permissions=":danger-full-access")

    assert str(outputs(upstream)[0]).count("hidden") == 1
