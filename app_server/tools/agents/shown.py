"""A call that concerns agents, as clients see it: its beginning, and how it ended."""

from collections.abc import Mapping, Sequence

from app_server.tools.agent_status import AgentStatus
from app_server.tools.call import ToolCall
from app_server.tools.host import ToolHost
from protocol.item import CollabAgentToolCallThreadItem
from protocol.item_calls import CollabAgentTool


class ShownCall:
    """Its item. Making it shows that the call has begun."""

    def __init__(
        self,
        call: ToolCall,
        host: ToolHost,
        tool: CollabAgentTool,
        agents: Sequence[str] = (),
        *,
        prompt: str | None = None,
        model: str | None = None,
        effort: str | None = None,
    ) -> None:
        self._host = host
        self._item = CollabAgentToolCallThreadItem(
            id=call.id,
            tool=tool,
            status="inProgress",
            sender_thread_id=host.thread_id,
            receiver_thread_ids=list(agents),
            prompt=prompt,
            model=model,
            reasoning_effort=effort,
            agents_states={},
        )
        host.started(self._item)

    def ends(
        self,
        agents: Mapping[str, AgentStatus] | None = None,
        *,
        failed: bool = False,
        model: str | None = None,
        effort: str | None = None,
    ) -> None:
        """Show how the call ended, and how far each agent is that it concerned; None: as it began."""
        update: dict[str, object] = {"status": "failed" if failed else "completed"}
        if agents is not None:
            update["receiver_thread_ids"] = list(agents)
            update["agents_states"] = {agent_id: status.to_wire() for agent_id, status in agents.items()}
        if model is not None:
            update |= {"model": model, "reasoning_effort": effort}
        self._host.completed(self._item.model_copy(update=update))
