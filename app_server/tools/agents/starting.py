"""Starting an agent for a call that is shown already, in either form of the tools."""

from app_server.tools.agents.shown import ShownCall
from app_server.tools.call import ToolRefusal
from app_server.tools.crew import AgentOrder, SpawnRefused, StartedAgent
from app_server.tools.host import ToolHost


async def started(order: AgentOrder, host: ToolHost, shown: ShownCall) -> StartedAgent:
    """The agent; the call's item is completed however it goes. Raises ToolRefusal."""
    try:
        agent = await host.agents.spawn(order)
    except SpawnRefused as refused:
        shown.ends(failed=True)
        raise ToolRefusal(f"collab spawn failed: {refused}") from refused
    except ToolRefusal:
        shown.ends(failed=True)
        raise
    shown.ends({agent.id: agent.status}, model=agent.model, effort=agent.effort)
    return agent
