"""What the agent refuses. The text is the one that clients see (threads-and-turns.md §8)."""


class AgentError(Exception):
    """A request that the thread or its state does not allow."""


class ThreadNotFoundError(AgentError):
    """The thread is not loaded, or nowhere."""


class ThreadClosingError(AgentError):
    """The thread is being unloaded; the client may ask again when it is gone."""


class TurnControlError(AgentError):
    """There is no turn to steer or interrupt, or it is another one."""
