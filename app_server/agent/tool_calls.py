"""What the turn does with the calls that a model's answer holds.

No tool is built yet, so every call is answered as one of an unknown tool; the model reads that and goes on.
"""

from collections.abc import Sequence

from protocol.wire import JsonObject


def answer_calls(calls: Sequence[JsonObject]) -> list[JsonObject]:
    """The output items for the calls of one response, in the order of the calls (tools.md §2)."""
    return [output for call in calls if (output := _unsupported(call)) is not None]


def _unsupported(call: JsonObject) -> JsonObject | None:
    name, call_id = call.get("name"), call.get("call_id")
    match call.get("type"):
        case "function_call":
            return {
                "type": "function_call_output",
                "call_id": call_id,
                "output": f"unsupported call: {name}",
            }
        case "custom_tool_call":
            return {
                "type": "custom_tool_call_output",
                "call_id": call_id,
                "output": f"unsupported custom tool call: {name}",
            }
        case "tool_search_call" if call.get("execution") == "client" and isinstance(call_id, str):
            return {
                "type": "tool_search_output",
                "call_id": call_id,
                "status": "completed",
                "execution": "client",
                "tools": [],
            }
        case _:
            return None
