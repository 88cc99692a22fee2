"""A call of a tool that the client runs (threads-and-turns.md §7 J)."""

import time

from app_server.tools.arguments import json_arguments
from app_server.tools.call import Output, ToolCall, Unanswered, UnreadableAnswer
from app_server.tools.dynamic import DynamicTool
from app_server.tools.host import ToolHost
from protocol.approval import DynamicToolCallParams, DynamicToolCallResponse
from protocol.item import DynamicToolCallThreadItem
from protocol.item_calls import (
    DynamicToolCallOutputContentItem,
    InputImageDynamicToolCallOutputContentItem,
    InputTextDynamicToolCallOutputContentItem,
)
from protocol.wire import JsonObject

_AUDIO_OMITTED = "audio content omitted because you do not support audio input"


async def run(tool: DynamicTool, call: ToolCall, host: ToolHost) -> Output:
    """Let the client run it. When the client cannot, the model is told so."""
    arguments = json_arguments(call)
    item = DynamicToolCallThreadItem(
        id=call.id, namespace=tool.namespace, tool=tool.name, arguments=arguments, status="inProgress"
    )
    host.started(item)
    began = time.monotonic()
    content, success = await _ask(item, host)
    host.completed(
        item.model_copy(
            update={
                "status": "completed" if success else "failed",
                "content_items": content,
                "success": success,
                "duration_ms": int((time.monotonic() - began) * 1000),
            }
        )
    )
    return _output(content)


async def _ask(
    item: DynamicToolCallThreadItem, host: ToolHost
) -> tuple[list[DynamicToolCallOutputContentItem], bool]:
    """What the client answers, and whether the tool did what it was to do."""
    params = DynamicToolCallParams(
        thread_id=host.thread_id,
        turn_id=host.turn_id,
        call_id=item.id,
        namespace=item.namespace,
        tool=item.tool,
        arguments=item.arguments,
    )
    try:
        answer = await host.ask("item/tool/call", params)
    except Unanswered:
        return [InputTextDynamicToolCallOutputContentItem(text="dynamic tool request failed")], False
    except UnreadableAnswer:
        return [InputTextDynamicToolCallOutputContentItem(text="dynamic tool response was invalid")], False
    assert isinstance(answer, DynamicToolCallResponse)  # noqa: S101 - the table of methods says so
    return answer.content_items, answer.success


def _output(content: list[DynamicToolCallOutputContentItem]) -> Output:
    """A single text by itself, anything else in parts."""
    parts = [_part(one) for one in content]
    text = parts[0].get("text") if len(parts) == 1 else None
    return text if isinstance(text, str) else parts


def _part(content: DynamicToolCallOutputContentItem) -> JsonObject:
    match content:
        case InputTextDynamicToolCallOutputContentItem():
            return {"type": "input_text", "text": content.text}
        case InputImageDynamicToolCallOutputContentItem():
            return {"type": "input_image", "image_url": content.image_url, "detail": "high"}
        case _:
            return {"type": "input_text", "text": _AUDIO_OMITTED}
