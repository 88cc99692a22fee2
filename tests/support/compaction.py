"""What compactions of scripted threads are told by: replies, requests, logs."""

import json

from pydantic import JsonValue

from app_server.agent.thread import AgentThread
from protocol.wire import JsonObject
from support import sse
from support.stage import CONFIG, Part, Sink, Stage, begin, ended

LIMIT = "model_auto_compact_token_limit = 5000\n"
OPENAI = CONFIG.replace('name = "Scripted"', 'name = "OpenAI"')
SUMMARY = "what was done"


def reply(text: str = "ok", tokens: int = 100) -> tuple[Part, ...]:
    return (*sse.message(text), sse.completed(input_tokens=tokens, output_tokens=0))


def compacted(*items: JsonValue) -> tuple[Part, ...]:
    """The answer of the provider's own compaction."""
    return (json.dumps({"output": list(items)}).encode(),)


def said(text: str) -> JsonObject:
    return {"type": "message", "role": "user", "content": [{"type": "input_text", "text": text}]}


def mark(text: str = "secret") -> JsonObject:
    return {"type": "compaction", "encrypted_content": text}


def asked(stage: Stage, number: int = -1) -> JsonObject:
    return json.loads(stage.model.asked[number].body)


def texts(items: JsonValue) -> list[str]:
    """What each item says, in a word or by its first words."""
    found: list[str] = []
    for item in items if isinstance(items, list) else []:
        assert isinstance(item, dict)
        content = item.get("content")
        first = content[0] if isinstance(content, list) else None
        text = str(first["text"]) if isinstance(first, dict) else ""
        role = str(item.get("role", item["type"]))
        shown = "summary" if text.startswith("Another model began") else text.partition("\n")[0][:24]
        found.append(f"{role}: {shown}" if text else role)
    return found


def lines(thread: AgentThread) -> list[str]:
    assert thread.path is not None
    rows = [json.loads(line) for line in thread.path.read_text(encoding="utf-8").splitlines()]
    return [row["payload"]["type"] if row["type"] == "event_msg" else row["type"] for row in rows]


async def run(thread: AgentThread, sink: Sink, count: int, text: str = "hello") -> str:
    """A turn; how it ended."""
    begin(thread, text)
    return (await ended(sink, count)).turn.status


async def compact(thread: AgentThread, sink: Sink, count: int) -> str:
    thread.run(thread.prepare_compaction())
    return (await ended(sink, count)).turn.status


CONTEXT = ["developer: <permissions instruction", "user: <environment_context>"]
