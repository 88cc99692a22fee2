"""A provider for several agents at once: each thread plays a script of its own, whoever asks first.

A thread is known by what it was first told: `play("look around", …)` is for the agent whose task that is. A
reply may be made when it is wanted, from what was asked: an agent's id is only known then.
"""

import json
import threading
from collections.abc import Callable, Mapping

from pydantic import JsonValue

from support import sse
from support.calls import calling
from support.client import Client, JsonObject
from support.conversation import Turn, as_object
from support.shape import shape
from support.upstream import Asked, Gate, Reply, Stream, Upstream, stream, text_reply

Made = Reply | Callable[[Asked], Reply]
USAGE = ("tokens", "limits")
NOTICE = "<subagent_notification>"
NOBODY = "00000000-0000-7000-8000-000000000000"
"""An agent that there is not."""


class Cast:
    """Every agent's script, and what each was asked."""

    def __init__(self, upstream: Upstream) -> None:
        self._scripts: dict[str, list[Made]] = {}
        self._tasks: dict[str, str] = {}
        self._asked: dict[str, list[Asked]] = {}
        self._changed = threading.Condition()
        upstream.responses.requests.usual = self._answer

    def play(self, task: str, *replies: Made) -> None:
        """Add replies for the thread whose first user message this is; at their end it says `done`."""
        with self._changed:
            self._scripts.setdefault(task, []).extend(replies)

    def asked(self, task: str) -> list[Asked]:
        """The requests of that thread so far."""
        with self._changed:
            return list(self._asked.get(task, ()))

    def thread_id(self, task: str) -> str:
        """The thread, once it has asked for something."""
        with self._changed:
            assert self._changed.wait_for(lambda: task in self._tasks.values(), 15), f"{task} never began"
            return next(thread for thread, told in self._tasks.items() if told == task)

    def wait_asked(self, task: str, count: int) -> None:
        """Wait until the thread has made so many requests."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self._asked.get(task, ())) >= count, 15)

    def _answer(self, asked: Asked) -> Reply:
        thread = asked.headers["thread-id"].decode()
        with self._changed:
            task = self._tasks.get(thread) or self._tasks.setdefault(thread, _told(asked))
            self._asked.setdefault(task, []).append(asked)
            self._changed.notify_all()
            script = self._scripts.get(task)
            reply: Made = script.pop(0) if script else text_reply("done")
        return reply(asked) if callable(reply) else reply


def _told(asked: Asked) -> str:
    """What a thread was told last; the task of an agent with a name stands in a letter to it."""
    items = asked.json["input"]
    assert isinstance(items, list)
    last = as_object(items[-1])
    content = last["content"]
    assert isinstance(content, list)
    text = str(as_object(content[-1])["text"])
    return str(json.loads(text)["content"]) if last["role"] == "assistant" else text


def spawned(asked: Asked) -> list[str]:
    """The ids of the agents that this thread has started, as it was told them."""
    answers = (parsed(output) for output in outputs_of(asked))
    return [str(answer["agent_id"]) for answer in answers if "agent_id" in answer]


def outputs_of(asked: Asked) -> list[str]:
    """What the model was told of its calls, in order."""
    return [str(item["output"]) for item in items_of(asked) if item["type"] == "function_call_output"]


def items_of(asked: Asked) -> list[JsonObject]:
    items = asked.json["input"]
    assert isinstance(items, list)
    return [as_object(item) for item in items]


def parsed(output: str) -> JsonObject:
    try:
        value: JsonValue = json.loads(output)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def notices(asked: Asked) -> list[JsonObject]:
    """What the model was told of agents that ended."""
    texts = [
        str(as_object(part).get("text"))
        for item in items_of(asked)
        if item.get("role") == "user" and isinstance(content := item["content"], list)
        for part in content
    ]
    return [
        parsed(text.removeprefix(NOTICE).removesuffix("</subagent_notification>"))
        for text in texts
        if text.startswith(NOTICE)
    ]


def calls(*made: tuple[str, Mapping[str, JsonValue]]) -> Stream:
    """A response that calls these tools with these arguments."""
    return calling(*(sse.call(name, dict(given), f"call-{i}") for i, (name, given) in enumerate(made)))


def spawning(*tasks: str, **more: JsonValue) -> Stream:
    """A response that starts an agent for each task."""
    return calls(*(("spawn_agent", {"message": task, **more}) for task in tasks))


def waiting(asked: Asked) -> Stream:
    """A response that waits for all agents that were started."""
    return calls(("wait_agent", {"targets": list[JsonValue](spawned(asked))}))


def closing(asked: Asked) -> Stream:
    """A response that closes all agents that were started."""
    return calls(*(("close_agent", {"target": agent}) for agent in spawned(asked)))


def agent_calls(turn: Turn, method: str = "item/completed") -> list[JsonObject]:
    """The items of calls that concern agents."""
    found = [as_object(one["item"]) for one in turn.params(method)]
    newer = ("startedAtMs", "completedAtMs")
    return [
        {key: value for key, value in item.items() if key not in newer}
        for item in found
        if item["type"] == "collabAgentToolCall"
    ]


def of_thread(messages: list[JsonObject], thread_id: str) -> list[JsonObject]:
    """The notifications and questions of one thread."""
    return [
        one for one in messages if "method" in one and as_object(one["params"]).get("threadId") == thread_id
    ]


def gated(text: str, gate: Gate) -> Stream:
    """A reply whose end waits for the gate."""
    return stream(*sse.message(text), gate, sse.completed())


def loaded(client: Client) -> set[str]:
    """The threads that are in memory."""
    data = client.call("thread/loaded/list", {})["data"]
    assert isinstance(data, list)
    return {str(one) for one in data}


def without_usage(messages: list[JsonObject]) -> list[str]:
    """The labels of messages, but for those that only count."""
    return [one for one in shape(messages) if one not in USAGE]


def listed(client: Client, **params: JsonValue) -> list[JsonObject]:
    """The first page of a list of threads."""
    data = client.call("thread/list", params)["data"]
    assert isinstance(data, list)
    return [as_object(one) for one in data]
