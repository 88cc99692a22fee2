"""What an agent is told of those that it started, and what agents write to each other (tools.md §12)."""

from app_server.model.lenient_json import dumps
from app_server.prompt.messages import text_message
from app_server.tools.agent_status import AgentStatus
from protocol.wire import JsonObject


def ended(agent: str, status: AgentStatus) -> str:
    """That an agent is done. `agent` is its id, or its name if it has one."""
    told = dumps({"agent_path": agent, "status": status.to_model()}).decode()
    return f"<subagent_notification>\n{told}\n</subagent_notification>"


def as_user(text: str) -> JsonObject:
    """The form in which agents without names hear of something."""
    return text_message("user", [text])


def mail(author: str, recipient: str, content: str, *, starts: bool) -> JsonObject:
    """A message from one named agent to another. `starts` says that it is a task."""
    letter: JsonObject = {
        "author": author,
        "recipient": recipient,
        "other_recipients": [],
        "content": content,
        "trigger_turn": starts,
    }
    text = dumps(letter).decode()
    return {
        "type": "message",
        "role": "assistant",
        "content": [{"type": "output_text", "text": text}],
        "phase": "commentary",
    }
