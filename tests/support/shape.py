"""A turn's messages in a short notation, so that a test can state their order in one line.

`+x` and `-x` are `item/started` and `item/completed` of an item of type x, `Δx` a run of deltas of kind x,
`status:x` a change of the thread's status, `tokens` and `limits` the two notices that end a model's answer,
`turn:x` the end of the turn, `error!` an error that ends it and `error~` one that is tried again, `answer`
the answer to a request of ours, `ask:x` a request of the server's. Notices that newer servers mix in are left
out.
"""

from collections.abc import Iterable

from pydantic import JsonValue

JsonObject = dict[str, JsonValue]

_LEFT_OUT = frozenset(
    {
        "account/updated",
        "configWarning",
        "deprecationNotice",
        "mcpServer/startupStatus/updated",
        "remoteControl/status/changed",
        "skills/changed",
        "thread/goal/cleared",
        "thread/readState/changed",
        "thread/settings/updated",
    }
)
_NAMES = {
    "account/rateLimits/updated": "limits",
    "item/agentMessage/delta": "Δ",
    "item/reasoning/summaryPartAdded": "part",
    "item/reasoning/summaryTextDelta": "Δsummary",
    "item/reasoning/textDelta": "Δreasoning",
    "serverRequest/resolved": "resolved",
    "thread/tokenUsage/updated": "tokens",
}


def shape(messages: Iterable[JsonObject]) -> list[str]:
    """The messages in this notation, repeated deltas as one."""
    labels: list[str] = []
    for message in messages:
        label = _label(message)
        in_pieces = label is not None and (label.startswith("Δ") or label.endswith("/outputDelta"))
        if label and not (in_pieces and labels and labels[-1] == label):
            labels.append(label)
    return labels


def _label(message: JsonObject) -> str | None:
    method = message.get("method")
    if not isinstance(method, str):
        return "refusal" if "error" in message else "answer"
    if "id" in message:
        return f"ask:{method}"
    params = message["params"]
    assert isinstance(params, dict)
    match method:
        case "item/started" | "item/completed":
            sign = "+" if method == "item/started" else "-"
            return sign + _member(params, "item", "type")
        case "thread/status/changed":
            return "status:" + _member(params, "status", "type")
        case "turn/completed":
            return "turn:" + _member(params, "turn", "status")
        case "error":
            return "error~" if params.get("willRetry") else "error!"
        case _:
            return None if method in _LEFT_OUT else _NAMES.get(method, method)


def _member(params: JsonObject, key: str, inner: str) -> str:
    found = params[key]
    assert isinstance(found, dict)
    return str(found[inner])
