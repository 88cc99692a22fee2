"""Constructors of everything that is written to a thread's log; each returns a `RolloutItem`.

The forms are those of the 0.131.0 reference, so that it reads our files (persistence.md §2). It ignores keys
that it does not know, and so three things that it forgets are kept beside them:

* `item_id` (and `client_id`) in the events of user messages, agent messages, reasoning and compaction: an
  item has the same id after a restart as it had live. `content` in `user_message` when the event's own keys
  could not give the input back as it was sent; images stand in it without their data, which `images` has.
* `error` in `task_complete`, in the form that 0.169.0 gives it: a failed turn reads back as failed.
* `item_completed` for items that have no event of their own (commands, dynamic tools, …), again as 0.169.0.

`replay_turns` reads all of it back.
"""

from collections.abc import Sequence

from app_server.store.casing import snake_case
from app_server.store.kept_images import without_known_images
from app_server.store.response_items import persisted_form
from app_server.store.rollout_items import COMPACTED, EVENT, RESPONSE_ITEM, TURN_CONTEXT, RolloutItem
from app_server.store.user_input import user_message_payload
from protocol.wire import JsonObject, JsonValue

GOAL_UPDATED = "thread_goal_updated"
"""What a thread works towards; logged where nothing else says what it is about."""


def event(kind: str, payload: JsonObject) -> RolloutItem:
    """An event line; keys whose value is None are left out unless the caller spelled them with `null`."""
    return RolloutItem(EVENT, {"type": kind, **payload})


def response_item(item: JsonObject) -> RolloutItem | None:
    """A model item in its stored form, or None when its kind is not kept (persistence.md §2.5)."""
    kept = persisted_form(item)
    return None if kept is None else RolloutItem(RESPONSE_ITEM, kept)


def turn_context(context: JsonObject) -> RolloutItem:
    """The settings that the model has been told of (persistence.md §2.4)."""
    return RolloutItem(TURN_CONTEXT, context)


def compacted(
    message: str, replacement_history: Sequence[JsonObject] | None, before: Sequence[JsonObject] = ()
) -> RolloutItem:
    """From here on the model's history is `replacement_history`, or the user messages and `message`.

    Pictures that the history `before` has are only referred to.
    """
    payload: JsonObject = {"message": message}
    if replacement_history is not None:
        payload["replacement_history"] = [
            kept
            for item in without_known_images(replacement_history, before)
            if (kept := persisted_form(item)) is not None
        ]
    return RolloutItem(COMPACTED, payload)


def task_started(
    turn_id: str,
    *,
    started_at: int,
    model_context_window: int | None,
    collaboration_mode: str = "default",
) -> RolloutItem:
    """A turn opens. `started_at` in Unix seconds."""
    return event(
        "task_started",
        {
            "turn_id": turn_id,
            "started_at": started_at,
            "model_context_window": model_context_window,
            "collaboration_mode_kind": collaboration_mode,
        },
    )


def task_complete(
    turn_id: str,
    *,
    last_agent_message: str | None,
    completed_at: int,
    duration_ms: int,
    time_to_first_token_ms: int | None = None,
    error: JsonObject | None = None,
) -> RolloutItem:
    """A turn ended by itself; `error` is the wire's TurnError when it failed."""
    payload: JsonObject = {"turn_id": turn_id, "last_agent_message": last_agent_message}
    if error is not None:
        payload["error"] = _error_payload(error)
    payload |= {"completed_at": completed_at, "duration_ms": duration_ms}
    if time_to_first_token_ms is not None:
        payload["time_to_first_token_ms"] = time_to_first_token_ms
    return event("task_complete", payload)


def _error_payload(error: JsonObject) -> JsonObject:
    payload: JsonObject = {"message": error.get("message")}
    if error.get("codexErrorInfo") is not None:
        payload["codex_error_info"] = snake_case(error["codexErrorInfo"])
    if error.get("additionalDetails") is not None:
        payload["additional_details"] = error["additionalDetails"]
    return payload


def turn_aborted(
    turn_id: str,
    *,
    reason: str = "interrupted",
    completed_at: int | None = None,
    duration_ms: int | None = None,
) -> RolloutItem:
    """A turn was stopped: `interrupted`, `replaced`, `review_ended` or `budget_limited`."""
    payload: JsonObject = {"turn_id": turn_id, "reason": reason}
    if completed_at is not None:
        payload["completed_at"] = completed_at
    if duration_ms is not None:
        payload["duration_ms"] = duration_ms
    return event("turn_aborted", payload)


def user_message(inputs: Sequence[JsonObject], *, item_id: str, client_id: str | None = None) -> RolloutItem:
    """What the user sent, `inputs` being the wire's UserInput objects. The preview is taken from it."""
    payload = user_message_payload(inputs)
    payload["item_id"] = item_id
    if client_id is not None:
        payload["client_id"] = client_id
    return event("user_message", payload)


def agent_message(
    text: str, *, item_id: str, phase: str | None = None, memory_citation: JsonValue = None
) -> RolloutItem:
    """A finished message of the model; written before its response item."""
    return event(
        "agent_message",
        {"message": text, "phase": phase, "memory_citation": memory_citation, "item_id": item_id},
    )


def agent_reasoning(text: str, *, item_id: str) -> RolloutItem:
    """One summary part of a reasoning item."""
    return event("agent_reasoning", {"text": text, "item_id": item_id})


def agent_reasoning_raw(text: str, *, item_id: str) -> RolloutItem:
    """One part of raw reasoning; only where raw reasoning is shown."""
    return event("agent_reasoning_raw_content", {"text": text, "item_id": item_id})


def token_count(info: JsonObject | None, rate_limits: JsonObject | None) -> RolloutItem:
    """`info` is `{total_token_usage, last_token_usage, model_context_window}` with snake_case breakdowns."""
    return event("token_count", {"info": info, "rate_limits": rate_limits})


def mcp_tool_call_end(item: JsonObject) -> RolloutItem:
    """A call of an MCP server's tool, from its item; written before its output."""
    milliseconds = item.get("durationMs")
    took = milliseconds if isinstance(milliseconds, int) else 0
    result, error = item.get("result"), item.get("error")
    outcome: JsonObject = {"Err": error.get("message") if isinstance(error, dict) else ""}
    if isinstance(result, dict):
        answer: JsonObject = {key: value for key, value in result.items() if value is not None}
        if item.get("status") == "failed":
            answer["isError"] = True
        outcome = {"Ok": answer}
    invocation: JsonObject = {key: item.get(key) for key in ("server", "tool", "arguments")}
    interface = item.get("mcpAppResourceUri")
    return event(
        "mcp_tool_call_end",
        {
            "call_id": item.get("id"),
            "invocation": invocation,
            **({} if interface is None else {"mcp_app_resource_uri": interface}),
            "duration": {"secs": took // 1000, "nanos": took % 1000 * 1_000_000},
            "result": outcome,
        },
    )


def web_search_end(call_id: str, *, query: str, action: JsonObject | None) -> RolloutItem:
    """A search by the provider. `action` in the model's own spelling; written before its response item."""
    return event("web_search_end", {"call_id": call_id, "query": query, "action": action})


def image_generation_end(item: JsonObject) -> RolloutItem:
    """An image that the provider made; `item` is the wire's imageGeneration."""
    payload: JsonObject = {"call_id": item["id"], "status": item["status"]}
    payload |= {
        name: item[key]
        for name, key in (
            ("revised_prompt", "revisedPrompt"),
            ("result", "result"),
            ("saved_path", "savedPath"),
        )
        if item.get(key) is not None
    }
    return event("image_generation_end", payload)


def patch_apply_end(turn_id: str, item: JsonObject) -> RolloutItem:
    """A change of files as it ended; `item` is the wire's fileChange."""
    changes: JsonObject = {}
    for change in item["changes"] if isinstance(item["changes"], list) else ():
        if isinstance(change, dict) and isinstance(change["kind"], dict):
            changes[str(change["path"])] = _recorded_change(change["kind"], str(change["diff"]))
    payload: JsonObject = {"call_id": item["id"], "turn_id": turn_id, "stdout": "", "stderr": ""}
    payload["success"] = item["status"] == "completed"
    payload["changes"] = changes
    payload["status"] = item["status"]
    return event("patch_apply_end", payload)


def _recorded_change(kind: JsonObject, diff: str) -> JsonObject:
    if kind["type"] != "update":
        return {"type": kind["type"], "content": diff}
    moved = kind.get("move_path")
    if moved is not None:
        diff = diff.removesuffix(f"\n\nMoved to: {moved}")
    return {"type": "update", "unified_diff": diff, "move_path": moved}


def context_compacted(*, item_id: str) -> RolloutItem:
    """The compaction item of a turn; the `compacted` line before it has the new history."""
    return event("context_compacted", {"item_id": item_id})


def thread_rolled_back(num_turns: int, before_turn_id: str | None = None) -> RolloutItem:
    """The newest turns are no longer part of the thread; their lines stay.

    The id is ours: by it the model's history goes back just as far where turns without words are among them.
    """
    payload: JsonObject = {"num_turns": num_turns}
    if before_turn_id is not None:
        payload["before_turn_id"] = before_turn_id
    return event("thread_rolled_back", payload)


def item_completed(
    thread_id: str, turn_id: str, item: JsonObject, *, completed_at_ms: int, started_at_ms: int | None = None
) -> RolloutItem:
    """An item without an event of its own. `item` is tagged in PascalCase, its keys are snake_case."""
    payload: JsonObject = {"thread_id": thread_id, "turn_id": turn_id, "item": item}
    if started_at_ms is not None:
        payload["started_at_ms"] = started_at_ms
    payload["completed_at_ms"] = completed_at_ms
    return event("item_completed", payload)
