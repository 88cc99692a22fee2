"""Texts that were written for the other agent, in words that fit ours; and what stands at their heads."""

import re
from typing import Final, NamedTuple

from app_server.skills.errors import FrontMatterError
from app_server.skills.front_matter import read_front_matter

_WORDS: Final = (
    (re.compile(r"\bCLAUDE\.md\b"), "AGENTS.md"),
    (re.compile(r"\bClaude Code\b"), "Codex"),
    (re.compile(r"\bClaude\b"), "Codex"),
)


class Described(NamedTuple):
    """A text with a head: what it says of itself, and the text below."""

    name: str | None
    description: str
    body: str


def in_our_words(text: str) -> str:
    """The same text about our agent. Paths to the other's folder stay."""
    for pattern, word in _WORDS:
        text = pattern.sub(word, text)
    return text


def described(text: str) -> Described | None:
    """None for a text that does not say what it is for."""
    try:
        head = read_front_matter(text)
    except FrontMatterError:
        return None
    lines = text.split("\n")
    end = next(place for place, line in enumerate(lines[1:], 1) if line.strip() == "---")
    return Described(head.name, head.description, "\n".join(lines[end + 1 :]).strip())
