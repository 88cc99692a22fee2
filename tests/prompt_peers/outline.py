"""An input list without anybody's own sentences: what is left must be the same in both servers.

Roles, parts and their order, tags, attributes, headings, element values, names, paths and everything that
users wrote stay; the words in between, which each server has of its own, go.
"""

import base64
import io
import json
import re
from collections.abc import Callable
from hashlib import sha256
from itertools import takewhile

from PIL import Image
from pydantic import JsonValue
from support.client import JsonObject
from support.conversation import as_object

LARGEST_SIDE = 2_048
SHORT = 20
BUNDLED = "/skills/.system/"
"""Where each server puts skills of its own."""

_HEADINGS = re.compile(
    r"^(# (?:Escalation|Permission|Approval) Requests|# request_permissions Tool|## Approved command prefixes"
    r"|## (?:Skills|Plugins|Memory|Apps \(Connectors\))"
    r"|### Skill roots|### (?:Available|How to use) (?:skills|plugins))$",
    re.MULTILINE,
)
_MODE = re.compile(r"`sandbox_mode` is `([a-z-]+)`")
_NETWORK = re.compile(r"Network access is (restricted|enabled)")
_POLICY = re.compile(r"(?:`approval_policy` is `|Approval policy is (?:currently )?`?)([a-z-]+)")
_CATEGORIES = re.compile(r"(?:^- `[a-z_]+`$\n?)+", re.MULTILINE)
_PREFIXES = re.compile(
    r"## Approved command prefixes\n[^\n]*?: (.*?)(?=\n\n|\n The |\nThe |\nWritable|\n</)", re.DOTALL
)
_ROOTS = re.compile(r"(?:`/[^`]*`(?:, )?)+")
_DECODING = re.compile(r"(is invalid: failed to decode image at .*?: ).*", re.DOTALL)


def outline(items: JsonValue) -> list[JsonValue]:
    """The list without sentences."""
    assert isinstance(items, list)
    return [_item(as_object(item)) for item in items]


def _item(item: JsonObject) -> JsonValue:
    content = item["content"]
    assert isinstance(content, list)
    role = str(item["role"])
    return {**item, "keys": list(item), "content": [_part(role, as_object(part)) for part in content]}


def _part(role: str, part: JsonObject) -> JsonValue:
    if isinstance(url := part.get("image_url"), str):
        return {**part, "keys": list(part), "image_url": _picture(url)}
    text = str(part["text"])
    read = next((read for opening, read in _READERS.items() if text.startswith(opening)), None)
    if read is None or role != "developer":
        return {"keys": list(part), "text": _DECODING.sub(r"\1…", _without_note(text))}
    return {"keys": list(part), **read(text)}


def _without_note(text: str) -> str:
    """Documents without the note on them, which stands last and has longer lines than they have."""
    head, mark, body = text.partition("<INSTRUCTIONS>\n")
    if not head.startswith("# AGENTS.md"):
        return text
    paragraphs = body.removesuffix("\n</INSTRUCTIONS>").split("\n\n")
    documents = [*takewhile(lambda part: max(map(len, part.split("\n"))) < 110, paragraphs)]
    if len(documents) == len(paragraphs):
        return text
    return "\n\n".join([f"{head}{mark}", *(part.strip("\n") for part in documents), "…"])


def _picture(url: str) -> JsonValue:
    """A picture by its kind, size and pixels; by its size alone if it was scaled, which no two do alike."""
    head, comma, data = url.partition(",")
    if not comma:
        return url
    with Image.open(io.BytesIO(base64.b64decode(data))) as image:
        size: list[JsonValue] = list(image.size)
        scaled = max(image.size) == LARGEST_SIDE
        pixels = None if scaled else sha256(image.convert("RGBA").tobytes()).hexdigest()
    return [head, size, pixels]


def _tag(text: str) -> JsonObject:
    """Where the tags stand, with the space around them."""
    opening, closing = re.match(r"<[^>]*>\s?", text), re.search(r"\s?</[^<>]*>$", text)
    assert opening is not None
    assert closing is not None
    return {"opening": opening[0], "closing": closing[0]}


def _headings(text: str) -> list[JsonValue]:
    return list(_HEADINGS.findall(text))


def _permissions(text: str) -> JsonObject:
    prefixes = _PREFIXES.search(text)
    roots = [found[0] for line in text.splitlines()[-2:] for found in _ROOTS.finditer(line)]
    categories: list[JsonValue] = [found[0] for found in _CATEGORIES.finditer(text)]
    return {
        **_tag(text),
        "headings": _headings(text),
        "modes": list(_MODE.findall(text)),
        "network": list(_NETWORK.findall(text)),
        "policy": list(_POLICY.findall(text)),
        "categories": categories,
        "prefixes": prefixes[1] if prefixes else None,
        "reviewer": "`approvals_reviewer` is `auto_review`" in text,
        "roots": ", ".join(roots),
    }


def _skills(text: str) -> JsonObject:
    lines: list[JsonValue] = [
        line
        for line in _between(text, "### Skill roots", "### How to use skills")
        if line.startswith("- ") and BUNDLED not in line
    ]
    return {**_tag(text), "headings": _headings(text), "lines": lines}


def _plugins(text: str) -> JsonObject:
    lines: list[JsonValue] = list(_between(text, "### Available plugins", "### How to use plugins"))
    return {**_tag(text), "headings": _headings(text), "lines": lines}


def _between(text: str, first: str, last: str) -> list[str]:
    """The lines from one heading to another; without roots of skills from that of their list on."""
    lines = text.splitlines()
    begin = (
        lines.index(first)
        if first in lines
        else next(i for i, line in enumerate(lines) if line[:4] == "### ")
    )
    return lines[begin : lines.index(last)]


def _tag_alone(text: str) -> JsonObject:
    return {**_tag(text), "headings": _headings(text)}


def _own_words(text: str) -> JsonObject:
    """With what follows the introduction where a list of the test's own says it, which is short."""
    between = text[text.index(">") + 1 : text.rindex("<")]
    words = between.partition("\n\n" if between.startswith("\n") else "\n")[2]
    return {**_tag(text), "words": words if len(words) <= SHORT else None}


def _memories(text: str) -> JsonObject:
    """What the user's own file says, which stands between two lines."""
    _, begins, rest = text.partition("========= MEMORY_SUMMARY BEGINS =========\n")
    summary, ends, _ = rest.partition("========= MEMORY_SUMMARY ENDS =========")
    return {"marks": [bool(begins), bool(ends)], "summary": summary}


def _spoken(text: str) -> JsonObject:
    reasons: list[JsonValue] = [line for line in text.splitlines() if line.startswith("Reason: ")]
    return {**_tag(text), "reasons": reasons}


_READERS: dict[str, Callable[[str], JsonObject]] = {
    "<permissions instructions>": _permissions,
    "<skills_instructions>": _skills,
    "<plugins_instructions>": _plugins,
    "<apps_instructions>": _tag_alone,
    "<personality_spec>": _own_words,
    "<model_switch>": _own_words,
    "<realtime_conversation>": _spoken,
    "## Memory": _memories,
}


def layout(items: JsonValue) -> bytes:
    """How the list is printed: two spaces of indent, all text raw, one newline at the end."""
    return (json.dumps(items, indent=2, ensure_ascii=False) + "\n").encode()
