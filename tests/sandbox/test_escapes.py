"""Attempts to get out of the sandbox, and what is allowed in it (tools.md §7)."""

import os
import shutil
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.confined import run_confined

from app_server.config.permissions import SandboxPolicy
from app_server.sandbox import bubblewrap
from app_server.sandbox.confinement import NoSandboxError, confinement_of

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("bwrap") is None, reason="bubblewrap is not on PATH"
)

WORKSPACE = SandboxPolicy("workspace-write", exclude_slash_tmp=True, exclude_tmpdir_env_var=True)
READ_ONLY = SandboxPolicy("read-only")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "ws"
    (folder / ".git").mkdir(parents=True)
    (folder / ".git" / "config").write_text("theirs")
    (tmp_path / "outside").mkdir()
    return folder


async def run(script: str, cwd: Path, policy: SandboxPolicy = WORKSPACE) -> tuple[int, str]:
    """How a shell script ends in the sandbox, and what it says."""
    return await run_confined(("/bin/sh", "-c", script), cwd, policy)


async def test_the_workspace_can_be_written_and_everything_read(workspace: Path) -> None:
    code, said = await run("echo new > file && cat file /etc/passwd | head -1", workspace)
    assert (code, said) == (0, "new\n")
    assert (workspace / "file").read_text() == "new\n"


ESCAPES = {
    "an absolute path": "echo x > $OUT/new",
    "a path upwards": "echo x > ../outside/new",
    "a link": "ln -s $OUT link; echo x > link/new",
    "a link upwards": "ln -s .. up; echo x > up/outside/new",
    "a hard link": "ln $OUT/kept hard && echo x > hard; cp hard $OUT/new",
    "the repository": "echo x > .git/config; cp .git/config $OUT/new",
    "another repository": "rm -rf .git; mv .git gone; mkdir .git; echo x > $OUT/new",
    "our folder": "mkdir -p .codex && echo x > .codex/config.toml && cp .codex/config.toml $OUT/new",
    "agents' folder": "mkdir -p .agents/skills && cp -r .agents $OUT/new",
    "a new mount": "mount --bind /tmp . ; umount .git; mount -o remount,rw /; echo x > $OUT/new",
    "a namespace of its own": "unshare -rm sh -c 'mount -o remount,rw,bind /; echo x > $OUT/new'",
    "the root of another process": "for p in /proc/[0-9]*; do echo x > $p/root$OUT/new; done",
    "the folder of another process": "for p in /proc/[0-9]*; do echo x > $p/cwd/../outside/new; done",
    "the kernel": "echo x > /proc/sys/kernel/core_pattern && cp /etc/hostname $OUT/new",
    "the disk": "for d in /dev/sd* /dev/vd* /dev/nvme*; do test -e $d && echo x > $OUT/new; done",
}


@pytest.mark.parametrize("way", ESCAPES)
async def test_nothing_is_written_outside_by(
    way: str, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = workspace.parent / "outside"
    (outside / "kept").write_text("kept")
    monkeypatch.setenv("OUT", str(outside))

    await run(ESCAPES[way], workspace)

    assert sorted(path.name for path in outside.iterdir()) == ["kept"]
    assert (outside / "kept").read_text() == "kept"
    assert (workspace / ".git" / "config").read_text() == "theirs"
    for name in (".codex", ".agents"):
        assert not (workspace / name).exists() or not list((workspace / name).iterdir())


async def test_a_pointer_to_a_repository_protects_that_too(workspace: Path) -> None:
    shutil.move(workspace / ".git", workspace / "store")
    (workspace / ".git").write_text("gitdir: store\n")

    code, _ = await run("echo x > store/config", workspace)

    assert code != 0
    assert (workspace / "store" / "config").read_text() == "theirs"


async def test_a_read_only_command_writes_nothing(workspace: Path) -> None:
    code, said = await run("echo x > file", workspace, READ_ONLY)
    assert code != 0
    assert "ead-only file system" in said
    assert not (workspace / "file").exists()


async def test_another_root_can_be_written_only_when_it_is_named(workspace: Path) -> None:
    other = workspace.parent / "outside"
    assert (await run(f"echo x > {other}/new", workspace))[0] != 0
    named = SandboxPolicy("workspace-write", writable_roots=(str(other), str(other / "missing")))
    assert await run(f"echo x > {other}/new", workspace, named) == (0, "")


@pytest.fixture
def listening() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


async def test_the_network_is_off_unless_it_is_allowed(workspace: Path, listening: int) -> None:
    connect = f"{sys.executable} -c 'import socket; socket.create_connection((\"127.0.0.1\", {listening}))'"
    assert (await run(connect, workspace))[0] != 0
    with_network = SandboxPolicy("workspace-write", network_access=True)
    assert await run(connect, workspace, with_network) == (0, "")


async def test_no_process_outside_can_be_seen_or_signalled(workspace: Path) -> None:
    code, said = await run(f"ls -d /proc/[0-9]* | wc -l; kill -0 {os.getpid()}", workspace)
    assert code != 0
    assert int(said.split()[0]) < 10


async def test_a_death_by_signal_is_told_as_shells_tell_it(workspace: Path) -> None:
    assert (await run("kill -9 $$", workspace))[0] == 137


async def test_what_it_leaves_running_ends_with_it(workspace: Path) -> None:
    code, said = await run("sleep 600 & echo started", workspace)
    assert (code, said) == (0, "started\n")


async def test_without_bubblewrap_a_command_is_refused(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(workspace))
    (workspace / "bwrap").write_text("#!/bin/sh\nexit 0\n")
    (workspace / "bwrap").chmod(0o755)
    with pytest.raises(NoSandboxError, match="not on PATH"):
        await run("true", workspace)


async def test_a_bubblewrap_that_does_not_work_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    (tmp_path / "bin").mkdir()
    broken = tmp_path / "bin" / "bwrap"
    broken.write_text("#!/bin/sh\necho no user namespaces; exit 1\n")
    broken.chmod(0o755)
    (tmp_path / "ws").mkdir()
    with pytest.raises(NoSandboxError, match="no user namespaces"):
        await run("true", tmp_path / "ws")
    assert str(broken) not in bubblewrap._usable  # pyright: ignore[reportPrivateUsage]


def test_full_access_and_a_sandbox_of_somebody_else_ask_for_none_of_ours() -> None:
    assert confinement_of(SandboxPolicy("danger-full-access"), "/", None) is None
    assert confinement_of(SandboxPolicy("external-sandbox"), "/", None) is None


async def test_nothing_stays_of_what_hid_missing_folders(tmp_path: Path) -> None:
    code, said = await run("mkdir .git/hooks 2>/dev/null || ls -a", tmp_path)

    assert (code, said.split()) == (0, [".", "..", ".agents", ".codex", ".git"])
    assert list(tmp_path.iterdir()) == []
