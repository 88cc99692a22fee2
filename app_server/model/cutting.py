"""Cutting the middle out of a text that is too long for a model (prompt-input.md §7.2)."""

from app_server.model.model_info import TruncationPolicy

BYTES_PER_TOKEN = 4


def estimated_tokens(size: int) -> int:
    """Tokens that so many bytes of text are taken for: a quarter, rounded up."""
    return -(-size // BYTES_PER_TOKEN)


def cut_middle(text: str, policy: TruncationPolicy) -> str:
    """The text itself when it fits; else its two ends around a marker that says how much is missing.

    The ends together never exceed the budget, and never split a character; the marker comes on top.
    """
    budget = policy.limit if policy.mode == "bytes" else policy.limit * BYTES_PER_TOKEN
    if len(text) * 4 <= budget:  # no character takes more than four bytes
        return text
    data = text.encode("utf-8", "surrogatepass")
    if len(data) <= budget:
        return text
    front = budget // 2
    head = data[:front].decode("utf-8", "ignore")
    back = len(data) - (budget - front)
    while back < len(data) and data[back] & 0xC0 == 0x80:  # a continuation byte: its character began before
        back += 1
    tail = data[back:].decode("utf-8", "ignore")
    if policy.mode == "bytes":
        return f"{head}…{len(text) - len(head) - len(tail)} chars truncated…{tail}"
    return f"{head}…{estimated_tokens(len(data) - budget)} tokens truncated…{tail}"
