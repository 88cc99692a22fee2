"""The filter of system calls for a command without network, as a program that Linux runs (tools.md §7).

A network namespace of its own keeps a command from other machines, but not from the sockets that lie in the
file system: a container daemon or a key agent that listens there would do its work outside of the sandbox.
So nothing can be connected, bound or listened to, and nothing outside can be traced or read.

Pairs of sockets stay, as programs use them to talk to their own children, unless they are of the datagram
kind: such a socket could send to any path that it names.
"""

import platform
import struct
from collections.abc import Mapping
from typing import Final, NamedTuple


class _Machine(NamedTuple):
    """The numbers of one kind of processor."""

    name: int
    """As the kernel names it to a filter."""
    foreign: int | None
    """From here on numbers are those of another calling convention."""
    socket: int
    pair: int
    refused: tuple[int, ...]


_URING: Final = (425, 426, 427)
"""`io_uring_*` would make the other calls by itself, past the filter."""

# In this order: connect, accept, accept4, bind, listen, getpeername, getsockname, shutdown, sendto, sendmmsg,
# recvmmsg, getsockopt, setsockopt; ptrace, process_vm_readv, process_vm_writev.
_X86_CALLS: Final = (42, 43, 288, 49, 50, 52, 51, 48, 44, 307, 299, 55, 54, 101, 310, 311)
_ARM_CALLS: Final = (203, 202, 242, 200, 201, 205, 204, 210, 206, 269, 243, 209, 208, 117, 270, 271)

_MACHINES: Final[Mapping[str, _Machine]] = {
    "x86_64": _Machine(0xC000_003E, 0x4000_0000, 41, 53, (*_X86_CALLS, *_URING)),
    "aarch64": _Machine(0xC000_00B7, None, 198, 199, (*_ARM_CALLS, *_URING)),
}

_LOAD, _EQUAL, _AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
_NUMBER, _ARCHITECTURE, _FIRST, _SECOND = 0, 4, 16, 24
"""Where in its input a filter finds the call, the machine and the (low half of the) first arguments."""
_ALLOW, _KILL, _NOT_PERMITTED = 0x7FFF_0000, 0x8000_0000, 0x0005_0001
_AF_UNIX, _KIND_MASK, _STREAM, _PACKETS = 1, 0xF, 1, 5


def call_filter(machine: str | None = None) -> bytes | None:
    """The program for this machine, or the one that is named as `uname -m` does; None where there is none."""
    numbers = _MACHINES.get(machine or platform.machine())
    return None if numbers is None else _assembled(_program(numbers))


_Line = tuple[int, int, str, str]
"""Code, operand, and where to go on if it holds and if not; an empty name is the next line."""


def _program(machine: _Machine) -> list[_Line | str]:
    """Lines, and names of the places that they lead to."""
    foreign: list[_Line | str] = (
        [] if machine.foreign is None else [(_AT_LEAST, machine.foreign, "refuse", "")]
    )
    return [
        (_LOAD, _ARCHITECTURE, "", ""),
        (_EQUAL, machine.name, "", "kill"),
        (_LOAD, _NUMBER, "", ""),
        *foreign,
        *((_EQUAL, number, "refuse", "") for number in machine.refused),
        (_EQUAL, machine.socket, "socket", ""),
        (_EQUAL, machine.pair, "socket", "allow"),
        "socket",
        (_LOAD, _FIRST, "", ""),
        (_EQUAL, _AF_UNIX, "", "refuse"),
        (_LOAD, _SECOND, "", ""),
        (_AND, _KIND_MASK, "", ""),
        (_EQUAL, _STREAM, "allow", ""),
        (_EQUAL, _PACKETS, "allow", "refuse"),
        "allow",
        (_RETURN, _ALLOW, "", ""),
        "refuse",
        (_RETURN, _NOT_PERMITTED, "", ""),
        "kill",
        (_RETURN, _KILL, "", ""),
    ]


def _assembled(program: list[_Line | str]) -> bytes:
    places: dict[str, int] = {}
    lines: list[_Line] = []
    for part in program:
        if isinstance(part, str):
            places[part] = len(lines)
        else:
            lines.append(part)

    def distance(name: str, at: int) -> int:
        return places[name] - at - 1 if name else 0

    return b"".join(
        struct.pack("=HBBI", code, distance(then, at), distance(otherwise, at), operand)
        for at, (code, operand, then, otherwise) in enumerate(lines)
    )
