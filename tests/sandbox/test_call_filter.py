"""The filter of system calls, run as the kernel runs it, and then by the kernel (tools.md §7)."""

import platform
import shutil
import socket
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.confined import run_confined

from app_server.config.permissions import SandboxPolicy
from app_server.sandbox.call_filter import call_filter

ALLOW, KILL, REFUSE = 0x7FFF0000, 0x80000000, 0x00050001
X86, ARM, I386 = 0xC000003E, 0xC00000B7, 0x40000003
UNIX, INET = socket.AF_INET - 1, socket.AF_INET
STREAM, DATAGRAM, RAW, PACKETS, CLOEXEC = 1, 2, 3, 5, 0o2000000


def outcome(machine: str, audited: int, number: int, *arguments: int) -> int:
    """What the program says to a call."""
    program = call_filter(machine)
    assert program is not None
    lines = list(struct.iter_unpack("=HBBI", program))
    six = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    data = struct.pack("<iIQ6Q", number - (1 << 32) if number >> 31 else number, audited, 0, *six)
    at, held = 0, 0
    while True:
        code, then, otherwise, operand = lines[at]
        at += 1
        match code:
            case 0x20:
                (held,) = struct.unpack_from("<I", data, operand)
            case 0x54:
                held &= operand
            case 0x15:
                at += then if held == operand else otherwise
            case 0x35:
                at += then if held >= operand else otherwise
            case _:
                assert code == 0x06
                return operand


REACHING_OUT = {
    "x86_64": (42, 43, 44, 48, 49, 50, 51, 52, 54, 55, 101, 288, 299, 307, 310, 311, 425, 426, 427),
    "aarch64": (
        117,
        200,
        201,
        202,
        203,
        204,
        205,
        206,
        208,
        209,
        210,
        242,
        243,
        269,
        270,
        271,
        425,
        426,
        427,
    ),
}
SOCKETS = {"x86_64": (41, 53), "aarch64": (198, 199)}
HARMLESS = {"x86_64": (0, 1, 45, 46, 47, 59, 56, 257), "aarch64": (63, 64, 207, 211, 212, 220, 221)}
AUDITED = {"x86_64": X86, "aarch64": ARM}


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_calls_that_reach_out_are_refused_and_others_are_not(machine: str) -> None:
    def answers(numbers: tuple[int, ...]) -> set[int]:
        return {outcome(machine, AUDITED[machine], number) for number in numbers}

    assert answers(REACHING_OUT[machine]) == {REFUSE}
    assert answers(HARMLESS[machine]) == {ALLOW}


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_sockets_are_local_ones_that_name_no_path_when_they_send(machine: str) -> None:
    for number in SOCKETS[machine]:
        made = {
            (family, kind): outcome(machine, AUDITED[machine], number, family, kind)
            for family in (UNIX, INET, 16)
            for kind in (STREAM, STREAM | CLOEXEC, PACKETS, DATAGRAM, RAW)
        }
        allowed = {what for what, answer in made.items() if answer == ALLOW}
        assert allowed == {(UNIX, STREAM), (UNIX, STREAM | CLOEXEC), (UNIX, PACKETS)}
        assert set(made.values()) == {ALLOW, REFUSE}


def test_other_ways_to_call_the_kernel_are_no_way_round() -> None:
    assert outcome("x86_64", I386, 3) == KILL
    assert outcome("aarch64", X86, 0) == KILL
    assert outcome("x86_64", X86, 0x40000000 | 42) == REFUSE
    assert outcome("x86_64", X86, 0xFFFFFFFF) == REFUSE


def test_a_machine_whose_numbers_are_not_known_has_no_filter() -> None:
    assert call_filter("riscv64") is None


in_sandbox = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("bwrap") is None or call_filter() is None,
    reason="bubblewrap is not on PATH, or this machine has no filter",
)
WORKSPACE = SandboxPolicy("workspace-write", exclude_slash_tmp=True, exclude_tmpdir_env_var=True)
ONLINE = SandboxPolicy(
    "workspace-write", network_access=True, exclude_slash_tmp=True, exclude_tmpdir_env_var=True
)
TRIES = """
import ctypes, errno, os, socket, sys
libc = ctypes.CDLL(None, use_errno=True)
path = "outside.sock"
def by_number(number, *arguments):
    if libc.syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), "")
def connect():
    socket.socket(socket.AF_UNIX).connect(path)
def send():
    socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendmsg([b"x"], [], 0, path)
def send_from_pair():
    socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0].sendmsg([b"x"], [], 0, path)
def listen():
    here = socket.socket(socket.AF_UNIX); here.bind("mine.sock"); here.listen()
def talk():
    one, other = socket.socketpair()
    one.sendmsg([b"hi"])
    assert other.recv(2) == b"hi"
def internet():
    socket.socket()
def netlink():
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)
def trace():
    child = os.fork()
    if not child:
        import time; time.sleep(60)
    try:
        by_number(PTRACE, 16, child, 0, 0)
    finally:
        os.kill(child, 9)
def read_memory():
    by_number(READV, os.getpid(), 0, 0, 0, 0, 0)
def ring():
    by_number(425, 1, ctypes.create_string_buffer(120))
for name in sys.argv[1:]:
    try:
        globals()[name]()
    except OSError as error:
        print(name, errno.errorcode[error.errno])
    else:
        print(name, "done")
"""
NUMBERS = {"x86_64": "PTRACE, READV = 101, 310", "aarch64": "PTRACE, READV = 117, 270"}


async def tried(folder: Path, policy: SandboxPolicy, *names: str) -> dict[str, str]:
    """How each of these ends in the sandbox."""
    (folder / "tries.py").write_text(f"{NUMBERS[platform.machine()]}\n{TRIES}")
    argv = (sys.executable, "tries.py", *names)
    code, said = await run_confined(argv, folder, policy)
    assert code == 0, said
    return dict(line.split(" ", 1) for line in said.splitlines())  # pyright: ignore[reportReturnType]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in which somebody outside of the sandbox listens, on a path short enough for a socket."""
    folder = tmp_path / "ws"
    folder.mkdir()
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("outside.sock")
        listener.listen()
        yield folder


@in_sandbox
async def test_nothing_outside_is_reached_without_network(workspace: Path) -> None:
    reaching = ("connect", "send", "send_from_pair", "listen", "internet", "netlink", "trace", "read_memory")

    found = await tried(workspace, WORKSPACE, *reaching, "ring", "talk")

    assert found == {**dict.fromkeys((*reaching, "ring"), "EPERM"), "talk": "done"}


@in_sandbox
async def test_with_network_calls_are_not_filtered(workspace: Path) -> None:
    found = await tried(workspace, ONLINE, "connect", "listen", "internet", "talk")

    assert set(found.values()) == {"done"}
