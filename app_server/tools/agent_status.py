"""How far another agent is: as models read it, and as clients see it (tools.md §12)."""

from typing import Final, Literal, NamedTuple

from protocol.item_calls import CollabAgentState
from protocol.wire import JsonValue

AgentProgress = Literal[
    "pendingInit", "running", "interrupted", "completed", "errored", "shutdown", "notFound"
]

_IN_WORDS: Final = {"pendingInit": "pending_init", "notFound": "not_found"}
_OVER: Final = frozenset({"completed", "errored", "shutdown", "notFound"})


class AgentStatus(NamedTuple):
    """`message` is what a completed agent said last, or why one failed."""

    progress: AgentProgress
    message: str | None = None

    @property
    def is_final(self) -> bool:
        """Whether nothing more comes of what it was asked for. An interrupted agent may be told to go on."""
        return self.progress in _OVER

    def to_model(self) -> JsonValue:
        """A word, or an object of one member."""
        if self.progress in ("completed", "errored"):
            return {self.progress: self.message}
        return _IN_WORDS.get(self.progress, self.progress)

    def to_wire(self) -> CollabAgentState:
        return CollabAgentState(status=self.progress, message=self.message)


PENDING: Final = AgentStatus("pendingInit")
RUNNING: Final = AgentStatus("running")
INTERRUPTED: Final = AgentStatus("interrupted")
SHUT_DOWN: Final = AgentStatus("shutdown")
NOT_FOUND: Final = AgentStatus("notFound")
