"""From what a log holds of an item to the item that clients see, as wire JSON (persistence.md §2.6, §12).

Two forms exist: an event for each kind of item (0.131.0, and we), and `item_completed` with the item in it
(0.169.0; also we, for items without an event). Both end here. What cannot be read as an item gives None.
"""

import shlex
from collections.abc import Callable
from typing import Final
from urllib.parse import unquote, urlsplit

from app_server.store.casing import camel_case, camel_word
from app_server.store.review_text import NO_OUTPUT, review_text
from app_server.store.user_input import inputs_of
from protocol.wire import JsonObject, JsonValue


def item_of_event(payload: JsonObject, make_id: Callable[[], str]) -> JsonObject | None:
    """The item that an event stands for. `make_id` numbers items whose event has no id."""
    build = _EVENTS.get(str(payload.get("type")))
    if build is None:
        return None
    item = build(payload)
    if item is None:
        return None
    own = payload.get("item_id") or payload.get("call_id")
    return {"id": own if isinstance(own, str) and own else make_id(), **item}


def _user_message(payload: JsonObject) -> JsonObject:
    return {
        "type": "userMessage",
        "clientId": payload.get("client_id"),
        "content": list[JsonValue](inputs_of(payload)),
    }


def _agent_message(payload: JsonObject) -> JsonObject | None:
    if not payload.get("message"):
        return None
    return {
        "type": "agentMessage",
        "text": payload["message"],
        "phase": payload.get("phase"),
        "memoryCitation": _citation(payload.get("memory_citation")),
    }


def _citation(value: JsonValue) -> JsonValue:
    return camel_case(value) if isinstance(value, dict) else None


def _reasoning(payload: JsonObject) -> JsonObject:
    return {"type": "reasoning", "summary": [payload.get("text")], "content": []}


def _raw_reasoning(payload: JsonObject) -> JsonObject:
    return {"type": "reasoning", "summary": [], "content": [payload.get("text")]}


def _patch(payload: JsonObject) -> JsonObject:
    return {
        "type": "fileChange",
        "changes": file_changes(payload.get("changes")),
        "status": payload.get("status") or ("completed" if payload.get("success") else "failed"),
    }


def file_changes(changes: JsonValue) -> list[JsonValue]:
    """`{path: change}` as the wire's list, by path; a move is told at the end of its diff."""
    listed: list[JsonValue] = []
    for path, change in sorted(changes.items()) if isinstance(changes, dict) else ():
        if not isinstance(change, dict):
            continue
        kind, diff = change.get("type"), change.get("content", "")
        shown: JsonObject = {"type": kind}
        if kind == "update":
            shown["move_path"] = move = change.get("move_path")
            diff = change.get("unified_diff", "")
            if move is not None:
                diff = f"{diff}\n\nMoved to: {move}"
        listed.append({"path": path, "kind": shown, "diff": diff})
    return listed


def _mcp_call(payload: JsonObject) -> JsonObject | None:
    invocation, outcome = payload.get("invocation"), payload.get("result")
    if not isinstance(invocation, dict) or not isinstance(outcome, dict):
        return None
    answer = outcome.get("Ok")
    failed = not isinstance(answer, dict) or answer.get("isError") is True
    return {
        "type": "mcpToolCall",
        "server": invocation.get("server"),
        "tool": invocation.get("tool"),
        "arguments": invocation.get("arguments"),
        "status": "failed" if failed else "completed",
        "mcpAppResourceUri": payload.get("mcp_app_resource_uri"),
        "result": answer,
        "error": None if isinstance(answer, dict) else {"message": str(outcome.get("Err", ""))},
        "durationMs": _milliseconds(payload.get("duration")),
    }


def _milliseconds(duration: JsonValue) -> int | None:
    if not isinstance(duration, dict):
        return None
    seconds, nanos = duration.get("secs"), duration.get("nanos")
    if not isinstance(seconds, int) or not isinstance(nanos, int):
        return None
    return seconds * 1000 + nanos // 1_000_000


def _web_search(payload: JsonObject) -> JsonObject:
    return {"type": "webSearch", "query": payload.get("query"), "action": _action(payload.get("action"))}


def _action(action: JsonValue) -> JsonValue:
    if not isinstance(action, dict):
        return None
    return {**action, "type": camel_word(str(action.get("type")))}


def _image(payload: JsonObject) -> JsonObject:
    return {
        "type": "imageGeneration",
        "status": payload.get("status"),
        "revisedPrompt": payload.get("revised_prompt"),
        "result": payload.get("result"),
        "savedPath": payload.get("saved_path"),
    }


def _compaction(_payload: JsonObject) -> JsonObject:
    return {"type": "contextCompaction"}


def _entered_review(payload: JsonObject) -> JsonObject:
    return {"type": "enteredReviewMode", "review": payload.get("user_facing_hint") or ""}


def _exited_review(payload: JsonObject) -> JsonObject:
    output = payload.get("review_output")
    text = review_text(output) if isinstance(output, dict) else NO_OUTPUT
    return {"type": "exitedReviewMode", "review": text}


_EVENTS: Final[dict[str, Callable[[JsonObject], JsonObject | None]]] = {
    "user_message": _user_message,
    "agent_message": _agent_message,
    "agent_reasoning": _reasoning,
    "agent_reasoning_raw_content": _raw_reasoning,
    "patch_apply_end": _patch,
    "mcp_tool_call_end": _mcp_call,
    "web_search_end": _web_search,
    "image_generation_end": _image,
    "context_compacted": _compaction,
    "entered_review_mode": _entered_review,
    "exited_review_mode": _exited_review,
}


def item_completed(item: JsonObject) -> JsonObject | None:
    """The item inside an `item_completed` event; it always has its own id."""
    name = item.get("type")
    if not isinstance(name, str) or not isinstance(item.get("id"), str):
        return None
    shown: JsonObject = {camel_word(key): value for key, value in item.items()}
    shown["type"] = camel_word(name)
    if "duration" in shown:
        shown["durationMs"] = _milliseconds(shown.pop("duration"))
    refine = _REFINED.get(name)
    return refine(item, shown) if refine is not None else shown


def _completed_user_message(item: JsonObject, shown: JsonObject) -> JsonObject:
    return {**shown, "content": [_input(entry) for entry in _objects(item.get("content"))]}


def _input(entry: JsonObject) -> JsonObject:
    match entry.get("type"):
        case "image":
            kept = {key: value for key, value in entry.items() if key != "image_url"}
            return {**kept, "url": entry.get("image_url", entry.get("url"))}
        case "local_image":
            return {**entry, "type": "localImage"}
        case "text":
            elements = [
                {"byteRange": element.get("byte_range"), "placeholder": element.get("placeholder")}
                for element in _objects(entry.get("text_elements"))
            ]
            return {**entry, "text_elements": list[JsonValue](elements)}
        case kind:
            return {**entry, "type": camel_word(str(kind))}


def _completed_agent_message(item: JsonObject, shown: JsonObject) -> JsonObject:
    texts = (part.get("text") for part in _objects(item.get("content")))
    del shown["content"]
    shown["memoryCitation"] = _citation(item.get("memory_citation"))
    return {**shown, "text": "".join(text for text in texts if isinstance(text, str))}


def _completed_reasoning(item: JsonObject, shown: JsonObject) -> JsonObject:
    kept = {"id": shown["id"], "type": shown["type"]}
    return {**kept, "summary": item.get("summary_text") or [], "content": item.get("raw_content") or []}


def _completed_command(item: JsonObject, shown: JsonObject) -> JsonObject:
    command, cwd = item.get("command"), item.get("cwd")
    if isinstance(command, list):
        shown["command"] = shlex.join(str(word) for word in command)
    if isinstance(cwd, str) and cwd.startswith("file://"):
        shown["cwd"] = unquote(urlsplit(cwd).path)
    shown["source"] = camel_word(str(item.get("source") or "agent"))
    shown["status"] = camel_word(str(item.get("status")))
    shown["commandActions"] = [_command_action(action) for action in _objects(item.get("parsed_cmd"))]
    shown["aggregatedOutput"] = item.get("aggregated_output") or None
    return shown


def _command_action(action: JsonObject) -> JsonObject:
    kept = {key: value for key, value in action.items() if key not in {"type", "cmd"}}
    return {"type": camel_word(str(action.get("type"))), "command": action.get("cmd"), **kept}


def _completed_file_change(item: JsonObject, shown: JsonObject) -> JsonObject:
    return {**shown, "changes": file_changes(item.get("changes")), "status": camel_case(item.get("status"))}


def _completed_web_search(item: JsonObject, shown: JsonObject) -> JsonObject:
    return {**shown, "action": _action(item.get("action"))}


def _completed_hook_prompt(item: JsonObject, shown: JsonObject) -> JsonObject:
    return {**shown, "fragments": [camel_case(part) for part in _objects(item.get("fragments"))]}


def _completed_tool(item: JsonObject, shown: JsonObject) -> JsonObject:
    return {**shown, "status": camel_case(item.get("status"))}


_REFINED: Final[dict[str, Callable[[JsonObject, JsonObject], JsonObject]]] = {
    "UserMessage": _completed_user_message,
    "AgentMessage": _completed_agent_message,
    "Reasoning": _completed_reasoning,
    "CommandExecution": _completed_command,
    "FileChange": _completed_file_change,
    "WebSearch": _completed_web_search,
    "HookPrompt": _completed_hook_prompt,
    "McpToolCall": _completed_tool,
    "DynamicToolCall": _completed_tool,
    "CollabAgentToolCall": _completed_tool,
}


def _objects(value: JsonValue) -> list[JsonObject]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
