"""What the agent refuses. The text is the one that clients see (threads-and-turns.md §8)."""

from protocol.jsonrpc import ErrorKind
from protocol.wire import JsonObject


class AgentError(Exception):
    """A request that the thread or its state does not allow. `data` goes with the text, if there is any."""

    data: JsonObject | None = None
    kind: ErrorKind | None = None


class ThreadNotFoundError(AgentError):
    """The thread is not loaded, or nowhere."""

    kind = "thread_not_found"


class ThreadClosingError(AgentError):
    """The thread is being unloaded; the client may ask again when it is gone."""

    kind = "thread_busy"


class TurnControlError(AgentError):
    """There is no turn to steer or interrupt, or it is another one."""

    kind = "no_such_turn"


class NotSteerableError(TurnControlError):
    """The running turn is of a kind that takes no input."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"cannot steer a {kind} turn")
        self.data = {
            "message": str(self),
            "codexErrorInfo": {"activeTurnNotSteerable": {"turnKind": kind}},
            "additionalDetails": None,
        }


class StoppedByHooks(Exception):  # noqa: N818 - it is no error: hooks have ended the turn
    """The turn is over, as hooks want it; it counts as completed."""
