"""What the requests of a turn say about it (model-client.md §2.3)."""

import sys
from typing import Final

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.session import Session
from app_server.config.permissions import SandboxPolicy
from app_server.model.headers import TurnMetadata

_PLATFORM_SANDBOXES: Final = {"linux": "seccomp", "darwin": "seatbelt", "win32": "windows_sandbox"}


def turn_metadata(session: Session, turn: ActiveTurn) -> TurnMetadata:
    return TurnMetadata(
        turn_id=turn.id,
        sandbox=sandbox_tag(session.settings.sandbox),
        started_at_unix_ms=turn.started_ms,
        thread_source=session.thread_source,
        trigger=turn.trigger,
        client_metadata=turn.client_metadata,
    )


def sandbox_tag(policy: SandboxPolicy) -> str:
    """What keeps the turn's commands in their place, in a word."""
    match policy.mode:
        case "danger-full-access":
            return "none"
        case "external-sandbox":
            return "external"
        case _:
            return _PLATFORM_SANDBOXES.get(sys.platform, "none")
