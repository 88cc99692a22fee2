"""What the tools for agents ask of whoever owns the agents. Implemented by `agent.subagents`."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, Protocol

from app_server.tools.agent_status import AgentStatus
from protocol.input import UserInput


class AgentOrder(NamedTuple):
    """An agent that is to be started. What is None is as with the agent that orders it."""

    input: Sequence[UserInput]
    role: str | None = None
    history: int | Literal["none", "all"] = "none"
    """How much it knows of what was said here: a number is so many of the newest turns."""
    model: str | None = None
    effort: str | None = None
    service_tier: str | None = None
    name: str | None = None
    """In the tree of agents; None in the first form, whose agents have ids alone."""


class StartedAgent(NamedTuple):
    """An agent as its tool reports it."""

    id: str
    nickname: str | None
    name: str | None
    model: str
    effort: str | None
    status: AgentStatus


class NamedAgent(NamedTuple):
    """A row of the list of agents."""

    name: str
    status: AgentStatus
    last_task: str | None


class SpawnRefused(Exception):  # noqa: N818 - the model reads it and goes on
    """The agent cannot be started, because of what there is already. The text is what the model is told."""


class AgentMissing(Exception):  # noqa: N818 - as above
    """There is no such agent, or none any more."""


class Crew(Protocol):
    """The agents that the agent of one thread can reach. Agents are named by their thread's id."""

    def check_depth(self) -> None:
        """Raises ToolRefusal where agents have no agents of their own."""
        ...

    async def spawn(self, order: AgentOrder) -> StartedAgent:
        """Start an agent on its task. Raises SpawnRefused; ToolRefusal for an order that makes no sense."""
        ...

    def status(self, agent_id: str) -> AgentStatus:
        """How far it is."""
        ...

    async def send(self, agent_id: str, said: Sequence[UserInput], *, interrupt: bool) -> str:
        """Say something to it; the id of the turn that begins with it, or any. Raises AgentMissing."""
        ...

    async def wait(self, agent_ids: Sequence[str], seconds: float) -> Mapping[str, AgentStatus]:
        """Wait until one of them is done, and tell all that are; nothing when the time is over."""
        ...

    async def close(self, agent_id: str) -> AgentStatus:
        """End it with all that it started; how far it was. Raises AgentMissing."""
        ...

    async def resume(self, agent_id: str) -> AgentStatus:
        """Bring back one that was closed. Raises AgentMissing."""
        ...

    def find(self, name: str) -> str:
        """The id of the agent of that name, relative or from the root. Raises ToolRefusal."""
        ...

    def is_root(self, agent_id: str) -> bool:
        """Whether it is the one that the user speaks to."""
        ...

    async def mail(self, agent_id: str, message: str, *, starts: bool) -> None:
        """Leave it a message, and let an idle one start on it if that is meant. Raises AgentMissing."""
        ...

    async def wait_for_mail(self, seconds: float) -> bool:
        """Wait until an agent has left a message here; False when the time is over."""
        ...

    def list(self, prefix: str | None) -> Sequence[NamedAgent]:
        """Those that live, the root first. Raises ToolRefusal for a prefix that is no name."""
        ...
