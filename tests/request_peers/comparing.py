"""What two servers' requests must agree in: all but ids, times, versions, and each server's own sentences.

Ids are numbered in the order in which they are met, so that one id in two places stays one id.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

from prompt_peers.outline import outline
from prompt_peers.test_same_tools import name_of, not_run, without_sentences
from pydantic import JsonValue
from support.bedrock import checked_signature
from support.client import JsonObject
from support.conversation import as_object
from support.identities import checked_assertion
from support.upstream.asked import FRAME, Asked

_UNTOLD: Final = ("content-length", "host", "sec-websocket-key")
"""Headers that only say how the others were sent."""
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_VERSION = re.compile(r"\b\d+\.\d+\.\d+\b(?!\.\d)")
_PLACE = re.compile(r"(127\.0\.0\.1|localhost):\d+")
_UNREAD = re.compile(r"(failed to parse function arguments: ).*")
"""What is wrong with arguments, each parser says in words of its own."""
_NICKNAME = re.compile(r'("nickname":")[^"]*')
_COMMAND = re.compile(r"Chunk ID: [0-9a-f]+|Wall time: [\d.]+")
LONG = 60
SHORT = 20
_ELEMENT = re.compile(r">(\s*)[^<>\s][^<>]{30,}?(\s*)<")
"""An element with a sentence in it."""
_OUTLINED = ("<environment_context>", "# AGENTS.md")


class Shower:
    """Shows the requests of one session of one server; owns the ids that were met in it."""

    def __init__(self, secrets: Mapping[str, str]) -> None:
        """`secrets`: what differs from home to home, and what to call it."""
        self._secrets = secrets
        self._met: dict[str, str] = {}
        self._sentences: dict[str, str] = {}

    def shown(self, asked: Asked) -> JsonObject:
        headers: JsonObject = {
            name: self._header(name, value.decode("utf-8", "replace"))
            for name, value in sorted(asked.headers.items())
            if name not in _UNTOLD and asked.method != FRAME
        }
        if asked.headers.get("authorization", b"").startswith(b"AWS4-"):
            headers["authorization"] = [*map(str, checked_signature(asked))]
            headers["x-amz-date"] = "…"
        if '"turn_id":""' in asked.headers.get("x-codex-turn-metadata", b"").decode():
            headers.pop("x-oai-attestation", None)  # the reference warms up before anybody can be asked
        return {
            "request": f"{asked.method} {self._text(asked.path)}",
            "headers": headers,
            "body": self._body(asked),
        }

    def _body(self, asked: Asked) -> JsonValue:
        if not asked.body:
            return None
        if asked.headers.get("content-type", b"").startswith(b"multipart/"):
            return [self._part(part) for part in asked.body.decode().split("\r\n--")]
        body = asked.json
        if "model" not in body:
            return self._masked(_without_sentences(body))
        return {key: self._member(key, value) for key, value in sorted(body.items())}

    def _part(self, part: str) -> JsonValue:
        head, _, content = part.partition("\r\n\r\n")
        told = _without_sentences(json.loads(content)) if "json" in head else content
        return [self._text(head), self._masked(told)]

    def _member(self, key: str, value: JsonValue) -> JsonValue:
        match key, value:
            case "input", list():
                return [self._item(as_object(item)) for item in value]
            case "instructions", str():
                return value if len(value) <= SHORT else self._sentence(value)
            case "tools", list():
                hidden = not_run(None)
                return {
                    name_of(tool): tool for tool in without_sentences(value) if name_of(tool) not in hidden
                }
            case "client_metadata", dict():
                return {name: self._header(name, str(text)) for name, text in sorted(value.items())}
            case _:
                return self._masked(value)

    def _item(self, item: JsonObject) -> JsonValue:
        content = item.get("content")
        if isinstance(content, list) and content:
            text = str(as_object(content[0]).get("text", ""))
            if item.get("role") == "developer" or text.startswith(_OUTLINED):
                return self._masked(outline([item]))
        if item.get("role") in ("user", "assistant") and isinstance(content, list):
            return self._masked({**item, "content": [_said(as_object(part)) for part in content]})
        return self._masked(item)

    def _header(self, name: str, value: str) -> JsonValue:
        if name == "x-codex-turn-metadata":
            told = as_object(json.loads(value))
            told.pop("workspaces", None)  # found in the background: a request may come before it
            return self._masked(told)
        if name.endswith("-ms"):
            return "…"
        if value.startswith("AgentAssertion "):
            return {**checked_assertion(value), "signature": "…", "timestamp": "…"}
        return self._text(value)

    def _masked(self, value: JsonValue) -> JsonValue:
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list):
            return [self._masked(one) for one in value]
        if isinstance(value, dict):
            return {key: "…" if key.endswith("_ms") else self._masked(one) for key, one in value.items()}
        return value

    def _text(self, text: str) -> str:
        for secret, name in self._secrets.items():
            text = text.replace(secret, name)
        text = _UUID.sub(lambda found: self._met.setdefault(found[0], f"<id {len(self._met) + 1}>"), text)
        text = _COMMAND.sub(lambda found: found[0].rpartition(" ")[0] + " …", text)
        text = _NICKNAME.sub(r"\1…", text)
        text = _UNREAD.sub(r"\1…", text)
        return _PLACE.sub("<place>", _VERSION.sub("<version>", text))

    def _sentence(self, text: str) -> str:
        """The sentences are each server's own; but which of them are the same is not."""
        return self._sentences.setdefault(text, f"<sentences {len(self._sentences) + 1}>")


def _without_sentences(value: JsonValue) -> JsonValue:
    """A body that is no request for a response, without descriptions and instructions."""
    if isinstance(value, list):
        return [_without_sentences(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: "…" if key in ("description", "instructions") else _without_sentences(one)
        for key, one in value.items()
    }


def _said(part: JsonObject) -> JsonObject:
    """What a user or a server said; of a server's own long words only what follows them."""
    text = part.get("text")
    if not isinstance(text, str) or len(text) <= LONG:
        return part
    if text.startswith("<"):
        return {**part, "text": _ELEMENT.sub(r">\1…\2<", text)}
    last = text.rpartition("\n")[2]
    return {**part, "text": f"<sentences> {last if len(last) <= SHORT else ''}"}


def differences(ours: JsonValue, theirs: JsonValue, path: str = "") -> list[str]:
    """Where two values differ, each place with both values."""
    if ours == theirs:
        return []
    if isinstance(ours, dict) and isinstance(theirs, dict):
        found = [
            f"{path}.{key}: only {whose}: {_short(value)}"
            for whose, mine, others in (("ours", ours, theirs), ("the reference", theirs, ours))
            for key, value in sorted(mine.items())
            if key not in others
        ]
        for key in sorted(ours.keys() & theirs.keys()):
            found += differences(ours[key], theirs[key], f"{path}.{key}")
        return found
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return [
            line
            for number, (one, other) in enumerate(zip(ours, theirs, strict=True))
            for line in differences(one, other, f"{path}[{number}]")
        ]
    return [f"{path}: ours {_short(ours)}, the reference {_short(theirs)}"]


def _short(value: JsonValue) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 400 else f"{text[:400]}…"


def side_by_side(ours: Sequence[JsonObject], theirs: Sequence[JsonObject]) -> list[tuple[str, list[str]]]:
    """Each request of either, by its name, and where the two differ in it."""
    rows: list[tuple[str, list[str]]] = []
    for number in range(max(len(ours), len(theirs))):
        if number >= len(theirs):
            rows.append((str(ours[number]["request"]), ["only ours sends it"]))
        elif number >= len(ours):
            rows.append((str(theirs[number]["request"]), ["only the reference sends it"]))
        else:
            rows.append((str(theirs[number]["request"]), differences(ours[number], theirs[number])))
    return rows
