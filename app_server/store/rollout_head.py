"""What a list shows of a thread, from the beginning and the end of its file, however long it is between.

Read are the first 10 lines, or as many as it takes to the first user message, and the last 64 KiB, for
settings and metadata that changed since (persistence.md §4, §9).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path
from typing import Final

from app_server.store.preview import preview_of_event
from app_server.store.recorded_items import item_completed
from app_server.store.rollout_items import EVENT, RESPONSE_ITEM, SESSION_META, TURN_CONTEXT, RolloutLine
from app_server.store.rollout_reader import META_WITHIN, parse_line
from app_server.store.session_meta import SessionMeta, parse_meta
from protocol.wire import JsonObject

_HEAD_LINES: Final = 10
_PARSED_LINES: Final = 210
_TAIL_BYTES: Final = 64 * 1024


@dataclass(slots=True)
class RolloutHead:
    """`meta` is None for a file that is no thread; `preview` is empty without a user message."""

    meta: SessionMeta | None = None
    preview: str = ""
    model: str | None = None
    effort: str | None = None

    def describe(self, context: JsonObject) -> None:
        """Take over the settings of a newer turn."""
        model, effort = context.get("model"), context.get("effort")
        self.model = model if isinstance(model, str) else None
        self.effort = effort if isinstance(effort, str) and effort else None

    def learn(self, payload: JsonObject) -> None:
        """Take the first meta as it is; one of the same thread behind it was written to change something."""
        meta = parse_meta(payload)
        if meta is None:
            return
        if self.meta is None:
            # Heads are kept for every thread that was listed; instructions would be most of their weight.
            self.meta = replace(meta, base_instructions=None, dynamic_tools=None)
        elif self.meta.id == meta.id:
            git, mode = meta.git or self.meta.git, meta.memory_mode or self.meta.memory_mode
            self.meta = replace(self.meta, git=git, memory_mode=mode)

    def go_on_from(self, base: "RolloutHead") -> None:
        """Take over what the file that this one goes on from said first."""
        self.preview = base.preview or self.preview
        self.model, self.effort = self.model or base.model, self.effort or base.effort
        if self.meta is not None and base.meta is not None and self.meta.id == base.meta.id:
            self.meta = replace(self.meta, timestamp=base.meta.timestamp)


def read_head(path: Path) -> RolloutHead:
    """Raises OSError."""
    head = RolloutHead()
    looked_at = 0
    with path.open("rb") as file:
        for line in _first_lines(file, head):
            if line.type in {SESSION_META, RESPONSE_ITEM}:
                looked_at += 1
            if line.type == SESSION_META and (head.meta is not None or looked_at <= META_WITHIN):
                head.learn(line.payload)
            elif line.type == TURN_CONTEXT:
                head.describe(line.payload)
            elif line.type == EVENT and not head.preview:
                head.preview = _preview(line.payload)
        for line in _last_lines(file):
            if line.type == TURN_CONTEXT:
                head.describe(line.payload)
            elif head.meta is not None:
                head.learn(line.payload)
    return head


def _first_lines(file: BufferedReader, head: RolloutHead) -> Iterator[RolloutLine]:
    count = 0
    for raw in file:
        if not raw.strip():
            continue
        count += 1
        # Beyond that many lines only those are parsed that can be the message that is still missing.
        if count > _PARSED_LINES and b'"user_message"' not in raw and b'"UserMessage"' not in raw:
            continue
        line = parse_line(raw)
        if line is not None:
            yield line
        if count >= _HEAD_LINES and head.preview:
            return


def _last_lines(file: BufferedReader) -> Iterator[RolloutLine]:
    at = file.tell()
    start = max(at, file.seek(0, 2) - _TAIL_BYTES)
    file.seek(start)
    for raw in file.read().split(b"\n")[1 if start > at else 0 :]:
        if b'"turn_context"' in raw[:128] or b'"session_meta"' in raw[:128]:
            line = parse_line(raw)
            if line is not None and line.type in {TURN_CONTEXT, SESSION_META}:
                yield line


def _preview(payload: JsonObject) -> str:
    if payload.get("type") == "thread_goal_updated":
        goal = payload.get("goal")
        objective = goal.get("objective") if isinstance(goal, dict) else None
        return objective if isinstance(objective, str) else ""
    if payload.get("type") == "user_message":
        return preview_of_event(payload)
    item = payload.get("item")
    if payload.get("type") != "item_completed" or not isinstance(item, dict):
        return ""
    if item.get("type") != "UserMessage":
        return ""
    shown = item_completed(item) or {}
    content = shown.get("content")
    entries = [entry for entry in content if isinstance(entry, dict)] if isinstance(content, list) else []
    texts = (entry.get("text") for entry in entries)
    message = "".join(text for text in texts if isinstance(text, str))
    return preview_of_event({"message": message, "content": list(entries)})
