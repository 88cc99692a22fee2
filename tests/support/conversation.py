"""The few steps that nearly every test of a conversation takes."""

from dataclasses import dataclass

from pydantic import JsonValue

from support.client import Client, JsonObject


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn that has ended: its id, and all that arrived from its request on."""

    id: str
    messages: list[JsonObject]

    @property
    def end(self) -> JsonObject:
        """The turn as `turn/completed` gave it."""
        params = next(one["params"] for one in self.messages if one.get("method") == "turn/completed")
        return as_object(as_object(params)["turn"])

    def params(self, method: str) -> list[JsonObject]:
        """The params of every notification of this name."""
        return [as_object(one["params"]) for one in self.messages if one.get("method") == method]


def as_object(value: JsonValue) -> JsonObject:
    """The value, which has to be an object."""
    assert isinstance(value, dict), value
    return value


def id_of(value: JsonValue) -> str:
    """The `id` of an object."""
    found = as_object(value)["id"]
    assert isinstance(found, str)
    return found


def user_input(text: str) -> list[JsonValue]:
    return [{"type": "text", "text": text}]


def start_thread(client: Client, **params: JsonValue) -> str:
    """A new thread's id, once it has been announced."""
    since = client.mark()
    thread_id = id_of(client.call("thread/start", params)["thread"])
    client.wait_for("thread/started", since)
    return thread_id


def start_turn(client: Client, thread_id: str, text: str = "hello", **params: JsonValue) -> str:
    """A turn's id, from the answer to its request."""
    result = client.call("turn/start", {"threadId": thread_id, "input": user_input(text), **params})
    return id_of(result["turn"])


def start_talking_turn(client: Client, thread_id: str, text: str = "hello") -> tuple[str, int]:
    """A turn that is in the middle of a message: its id, and the mark before it."""
    since = client.mark()
    turn_id = start_turn(client, thread_id, text)
    client.wait_for("item/agentMessage/delta", since)
    return turn_id, since


def run_turn(client: Client, thread_id: str, text: str = "hello", **params: JsonValue) -> Turn:
    """A whole turn, and everything that came with it, stragglers included."""
    since = client.mark()
    turn_id = start_turn(client, thread_id, text, **params)
    return finish_turn(client, turn_id, since)


def finish_turn(client: Client, turn_id: str, since: int) -> Turn:
    """Wait for the end of a turn that was started after the mark."""

    def ended(message: JsonObject) -> bool:
        if message.get("method") != "turn/completed":
            return False
        return id_of(as_object(message["params"])["turn"]) == turn_id

    client.wait(ended, since)
    client.settle()
    return Turn(turn_id, client.received[since:-1])
