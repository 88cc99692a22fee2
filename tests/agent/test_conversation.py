"""A history that is taken up is the one that was recorded (prompt-input.md §7.2, §7.5)."""

import pytest

from app_server.agent.conversation import Conversation
from app_server.model.model_info import TruncationPolicy
from app_server.store.response_items import persisted_form
from app_server.store.thread_log import MemoryLog
from protocol.wire import JsonObject

POLICY = TruncationPolicy("bytes", 100)


@pytest.mark.parametrize(
    "item",
    [
        {
            "type": "local_shell_call",
            "call_id": "c1",
            "status": "completed",
            "action": {"type": "exec", "command": ["ls"]},
        },
        {"type": "web_search_call", "status": "completed", "action": None},
        {"type": "tool_search_call", "execution": "server", "arguments": {}},
        {"type": "function_call_output", "call_id": "c1", "output": "x" * 500},
        {"type": "reasoning", "summary": []},
        {"type": "ghost_snapshot"},
    ],
)
def test_an_item_comes_back_from_a_log_as_it_was(item: JsonObject) -> None:
    live, later = Conversation(MemoryLog(), POLICY), Conversation(MemoryLog(), POLICY)

    live.add([item])
    stored = persisted_form(item)
    later.restore([] if stored is None else [stored], None)

    assert later.history == live.history
