"""What the requests of a turn say about it (model-client.md §2.3)."""

from app_server.agent.active_turn import ActiveTurn
from app_server.model.headers import TurnMetadata


def turn_metadata(turn: ActiveTurn) -> TurnMetadata:
    return TurnMetadata(
        turn_id=turn.id,
        sandbox="none",
        started_at_unix_ms=turn.started_ms,
        client_metadata=turn.client_metadata,
    )
