"""Thread ids as clients may write them (threads-and-turns.md §1, §8)."""

import string
from typing import Final
from uuid import UUID

from protocol.jsonrpc import invalid_request

_ALLOWED: Final = frozenset(string.hexdigits + "-")
_URN: Final = "urn:uuid:"


def thread_id_of(text: str) -> str:
    """The id in lower case and with dashes; upper case, no dashes and `urn:uuid:` are taken as well.

    Raises RpcError for anything that is no UUID, in the words that clients know.
    """
    try:
        return str(UUID(text))
    except ValueError:
        raise invalid_request(f"invalid thread id: {_problem(text)}", kind="invalid_thread_id") from None


def _problem(text: str) -> str:
    start = len(_URN) if text.startswith(_URN) else 0
    for place, character in enumerate(text[start:], start + 1):
        if character not in _ALLOWED:
            return (
                "invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], "
                f"found `{character}` at {place}"
            )
    groups = text[start:].split("-")
    if len(groups) == 1:
        return f"invalid length: expected length 32 for simple format, found {len(groups[0])}"
    if len(groups) != 5:
        return f"invalid group count: expected 5, found {len(groups)}"
    number, group, length = next(
        (number, group, length)
        for number, (group, length) in enumerate(zip(groups, (8, 4, 4, 4, 12), strict=True))
        if len(group) != length
    )
    return f"invalid group length in group {number}: expected {length}, found {len(group)}"
