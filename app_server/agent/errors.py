"""What the agent refuses. The text is the one that clients see (threads-and-turns.md §8)."""

from protocol.wire import JsonObject


class AgentError(Exception):
    """A request that the thread or its state does not allow. `data` goes with the text, if there is any."""

    data: JsonObject | None = None


class ThreadNotFoundError(AgentError):
    """The thread is not loaded, or nowhere."""


class ThreadClosingError(AgentError):
    """The thread is being unloaded; the client may ask again when it is gone."""


class TurnControlError(AgentError):
    """There is no turn to steer or interrupt, or it is another one."""


class NotSteerableError(TurnControlError):
    """The running turn is of a kind that takes no input."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"cannot steer a {kind} turn")
        self.data = {
            "message": str(self),
            "codexErrorInfo": {"activeTurnNotSteerable": {"turnKind": kind}},
            "additionalDetails": None,
        }
