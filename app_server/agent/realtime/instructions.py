"""What the voice is told when a spoken conversation begins: how to behave, and what the thread is about."""

from collections.abc import Iterator, Sequence
from typing import Final

from app_server.agent.session import Session
from app_server.prompt.texts import template
from protocol.wire import JsonObject

_LAST_MESSAGES: Final = 12
_CHARACTERS_EACH: Final = 600


def voice_instructions(session: Session, prompt: str | None, *, built_in: bool, startup_context: bool) -> str:
    """The prompt — the client's, the configuration's, else ours — and what was said in the thread so far.

    `built_in` says that the client left the choice to us.
    """
    values = session.config.values
    if built_in:
        configured = values.get("experimental_realtime_ws_backend_prompt")
        prompt = configured if isinstance(configured, str) else template("realtime_voice")
    parts = [prompt or ""]
    if startup_context:
        configured = values.get("experimental_realtime_ws_startup_context")
        context = configured if isinstance(configured, str) else _thread_so_far(session)
        if context:
            parts.append(f"<startup_context>\n{context}\n</startup_context>")
    return "\n\n".join(part for part in parts if part)


def _thread_so_far(session: Session) -> str:
    lines = [f"The agent works in the folder {session.settings.cwd}."]
    messages = [line for item in session.conversation.history for line in _said(item)][-_LAST_MESSAGES:]
    if messages:
        lines += ["The last messages between user and agent, oldest first:", *messages]
    return "\n".join(lines)


def _said(item: JsonObject) -> Iterator[str]:
    """The message as one line, if a person or the model said it; what the server put there is left out."""
    role, content = item.get("role"), item.get("content")
    if (
        item.get("type") != "message"
        or role not in ("user", "assistant")
        or not isinstance(content, Sequence)
    ):
        return
    texts = [str(part["text"]) for part in content if isinstance(part, dict) and "text" in part]
    text = " ".join(" ".join(texts).split())
    if text and not text.startswith(("<", "# AGENTS.md")):
        yield f"{role}: {text[:_CHARACTERS_EACH]}"
