"""What must hold in every conversation with a server, checked on its whole transcript (W13).

An answer that introduces an id comes before every notification that names it; all events of a turn's items
lie between the turn's start and its end; a request is answered at most once; a turn ends at most once. What a
transcript breaks of this is returned as sentences.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from pydantic import JsonValue

JsonObject = dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Entry:
    """One message; `in` came from the server, `out` went to it."""

    way: Literal["in", "out"]
    message: JsonObject


def parse(line: bytes) -> tuple[JsonObject | None, str | None]:
    """A line of the server's output as a message, and what is wrong with it."""
    if b"\r" in line or not line.endswith(b"\n"):
        return None, f"a line does not end in one newline alone: {line[-40:]!r}"
    try:
        message: JsonValue = json.loads(line)
    except ValueError:
        return None, f"a line is not JSON: {line[:200]!r}"
    if not isinstance(message, dict):
        return None, f"a line is no object: {line[:200]!r}"
    return message, _odd_envelope(message)


_ENVELOPES: tuple[set[str], ...] = (
    {"id", "result"},
    {"id", "error"},
    {"method", "params"},
    {"method", "params", "emittedAtMs"},
    {"method", "id", "params"},
)


def _odd_envelope(message: JsonObject) -> str | None:
    if set(message) not in _ENVELOPES:
        return f"an envelope has the members {sorted(message)}"
    error = message.get("error")
    if error is not None and not (
        isinstance(error, dict) and {"code", "message"} <= set(error) <= {"code", "message", "data"}
    ):
        return f"an error is malformed: {error}"
    return None


def violations(transcript: Sequence[Entry], *, settled: bool = True) -> list[str]:
    """Everything in the transcript that breaks a rule. `settled`: no turn was left running when it ended."""
    return [
        *_answers(transcript),
        *_introductions(transcript),
        *_turns(transcript, settled=settled),
        *_items(transcript),
        *_server_requests(transcript),
    ]


def _method(message: JsonObject) -> str | None:
    method = message.get("method")
    return method if isinstance(method, str) else None


def _params(message: JsonObject) -> JsonObject:
    params = message.get("params")
    return params if isinstance(params, dict) else {}


def _key(request_id: JsonValue) -> str:
    return json.dumps(request_id)


def _answers(transcript: Sequence[Entry]) -> Iterator[str]:
    asked: dict[str, int] = {}
    for entry in transcript:
        message = entry.message
        if entry.way == "out" and "method" in message and "id" in message:
            asked[_key(message["id"])] = asked.get(_key(message["id"]), 0) + 1
        elif entry.way == "in" and "method" not in message and message.get("id") is not None:
            key = _key(message["id"])
            if asked.get(key, 0) == 0:
                yield f"the id {key} was answered without a question, or twice"
            else:
                asked[key] -= 1


def _introductions(transcript: Sequence[Entry]) -> Iterator[str]:
    """Ids that are new to the client must not be named by a notification before the answer brings them."""
    introduced = dict(reversed(list(_introduced(transcript))))  # the first answer that holds an id counts
    for position, entry in enumerate(transcript):
        method = _method(entry.message)
        if entry.way != "in" or method is None or "id" in entry.message:
            continue
        for kind, name in _named(method, _params(entry.message)):
            if position < introduced.get((kind, name), -1):
                yield f"{method} names the {kind} {name} before the answer that introduces it"


def _introduced(transcript: Sequence[Entry]) -> Iterator[tuple[tuple[str, str], int]]:
    asked: dict[str, str] = {}
    for position, entry in enumerate(transcript):
        message = entry.message
        if entry.way == "out":
            if method := _method(message):
                asked[_key(message.get("id"))] = method
            continue
        result = message.get("result")
        if "method" in message or not isinstance(result, dict):
            continue
        method = asked.get(_key(message.get("id")))
        if method in ("thread/start", "thread/fork"):
            yield ("thread", _id_of(result.get("thread"))), position
        elif method == "turn/start":
            yield ("turn", _id_of(result.get("turn"))), position


def _id_of(value: JsonValue) -> str:
    return str(value.get("id")) if isinstance(value, dict) else ""


def _named(method: str, params: JsonObject) -> Iterator[tuple[str, str]]:
    if isinstance(thread_id := params.get("threadId"), str):
        yield "thread", thread_id
    elif isinstance(params.get("thread"), dict):
        yield "thread", _id_of(params["thread"])
    if turn_id := turn_of(method, params):
        yield "turn", turn_id


def turn_of(method: str, params: JsonObject) -> str | None:
    """The turn that a notification belongs to."""
    if method in ("turn/started", "turn/completed"):
        return _id_of(params.get("turn"))
    turn_id = params.get("turnId")
    return turn_id if isinstance(turn_id, str) and method.startswith(("item/", "turn/", "error")) else None


def _turns(transcript: Sequence[Entry], *, settled: bool) -> Iterator[str]:
    state: dict[str, str] = {}
    for entry in transcript:
        method, params = _method(entry.message), _params(entry.message)
        if entry.way != "in" or method is None or not (turn_id := turn_of(method, params)):
            continue
        if method == "turn/started":
            if turn_id in state:
                yield f"the turn {turn_id} started twice"
            state[turn_id] = "running"
        elif method == "turn/completed":
            if state.get(turn_id) != "running":
                yield f"the turn {turn_id} completed when it was {state.get(turn_id, 'not started')}"
            state[turn_id] = "completed"
        elif method.startswith("item/") and state.get(turn_id) != "running":
            item = params.get("item")
            late_command = isinstance(item, dict) and item.get("type") == "commandExecution"
            late_output = method == "item/commandExecution/outputDelta" and turn_id in state
            if not late_output and not (late_command and method == "item/completed"):
                yield f"{method} came when its turn {turn_id} was {state.get(turn_id, 'not started')}"
    if settled:
        yield from (f"the turn {turn_id} never ended" for turn_id, now in state.items() if now == "running")


_AT_ANY_TIME: Final = (
    "item/commandExecution/terminalInteraction",
    "item/autoApprovalReview/started",
    "item/autoApprovalReview/completed",
)


def _items(transcript: Sequence[Entry]) -> Iterator[str]:
    state: dict[tuple[str, str], str] = {}
    for entry in transcript:
        method, params = _method(entry.message), _params(entry.message)
        if entry.way != "in" or method is None or not method.startswith("item/") or "id" in entry.message:
            continue
        item_id = params.get("itemId") or _id_of(params.get("item"))
        key = (str(params.get("turnId")), str(item_id))
        now = state.get(key, "not started")
        if method == "item/started":
            if now == "open":
                yield f"the item {item_id} started twice"
            state[key] = "open"
        elif method == "item/fileChange/patchUpdated":
            if now != "not started":
                yield f"{method} came when its item {item_id} was {now}"
        elif now != "open" and method not in _AT_ANY_TIME and not _at_once(params):
            yield f"{method} came when its item {item_id} was {now}"
        if method == "item/completed":
            state[key] = "completed"


def _at_once(params: JsonObject) -> bool:
    """Whether the item is of the kind that has no beginning: what hooks say to the model."""
    item = params.get("item")
    return isinstance(item, dict) and item.get("type") == "hookPrompt"


def _server_requests(transcript: Sequence[Entry]) -> Iterator[str]:
    last = -1
    for entry in transcript:
        request_id = entry.message.get("id")
        if entry.way != "in" or "method" not in entry.message or request_id is None:
            continue
        if not isinstance(request_id, int) or (request_id <= last and _is_new(transcript, entry, request_id)):
            yield f"the server asked with the id {request_id} after {last}"
        else:
            last = max(last, request_id)


def _is_new(transcript: Sequence[Entry], entry: Entry, request_id: int) -> bool:
    """Whether no earlier question had this id and these params: a replay after a resume has both."""
    earlier = transcript[: next(index for index, one in enumerate(transcript) if one is entry)]
    return all(one.message != entry.message for one in earlier if one.message.get("id") == request_id)
