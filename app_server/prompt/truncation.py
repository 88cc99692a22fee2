"""Tool outputs are cut once, when they are recorded, so that no single one fills the model's window.

The middle goes: beginning and end tell most (prompt-input.md §7.2, §7.3).
"""

from collections.abc import Sequence

from app_server.model.cutting import cut_middle, estimated_tokens
from app_server.model.model_info import TruncationPolicy
from protocol.wire import JsonObject, JsonValue

_OUTPUTS = ("function_call_output", "custom_tool_call_output")


def for_recording(policy: TruncationPolicy) -> TruncationPolicy:
    """The limit at recording time: a fifth more than the model's, rounded up."""
    return TruncationPolicy(policy.mode, -(-policy.limit * 6 // 5))


def _cost(text: str, policy: TruncationPolicy) -> int:
    """What a text takes of the limit, in the policy's own unit."""
    size = len(text.encode("utf-8", "surrogatepass"))
    return size if policy.mode == "bytes" else estimated_tokens(size)


def truncate_output(item: JsonObject, policy: TruncationPolicy) -> JsonObject:
    """The item as it is recorded: outputs of functions and custom tools cut to the policy, the rest as is.

    `policy` is the model's own; the margin for recording is added here.
    """
    if item.get("type") not in _OUTPUTS:
        return item
    output = item.get("output")
    limit = for_recording(policy)
    if isinstance(output, str):
        cut = cut_middle(output, limit)
        return item if cut is output else {**item, "output": cut}
    if isinstance(output, list):
        return {**item, "output": _truncate_parts(output, limit)}
    return item


def _truncate_parts(parts: Sequence[JsonValue], policy: TruncationPolicy) -> list[JsonValue]:
    """One budget for all texts in order; the first that does not fit ends it. Images are free."""
    kept: list[JsonValue] = []
    left = policy.limit
    omitted = 0
    for part in parts:
        text = part.get("text") if isinstance(part, dict) else None
        if not isinstance(part, dict) or not isinstance(text, str):
            kept.append(part)
        elif left == 0:
            omitted += 1
        elif (cost := _cost(text, policy)) <= left:
            kept.append(part)
            left -= cost
        else:
            kept.append({**part, "text": cut_middle(text, TruncationPolicy(policy.mode, left))})
            left = 0
    if omitted:
        kept.append({"type": "input_text", "text": f"[omitted {omitted} text items ...]"})
    return kept
