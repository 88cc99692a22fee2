"""The agents that the agent of one thread can reach. Implements `tools.crew.Crew`."""

from collections.abc import Mapping, Sequence

import anyio

from app_server.agent.active_turn import TurnInput
from app_server.agent.identifiers import new_item_id
from app_server.agent.lineage import Lineage
from app_server.agent.subagents import names, notices
from app_server.agent.subagents.child_threads import ChildThreads
from app_server.agent.subagents.members import Member, Members
from app_server.agent.subagents.progress import status_of
from app_server.agent.subagents.roles import DEFAULT, role_named
from app_server.agent.subagents.settings import agent_config, instructions_for
from app_server.agent.thread import AgentThread, TurnRequest
from app_server.config.agents import limits_of, may_spawn
from app_server.tools.agent_status import AgentStatus
from app_server.tools.agents.arguments import in_one_text
from app_server.tools.call import ToolRefusal
from app_server.tools.crew import AgentMissing, AgentOrder, NamedAgent, StartedAgent
from protocol.input import UserInput

_TOO_DEEP = "Agent depth limit reached. Solve the task yourself."


class ThreadCrew:
    """Made for one thread; `members` is shared by all threads of its tree."""

    def __init__(self, thread: AgentThread, members: Members, children: ChildThreads) -> None:
        self._thread = thread
        self._members = members
        self._children = children

    @property
    def _depth(self) -> int:
        lineage = self._thread.session.lineage
        return 0 if lineage is None else lineage.depth

    @property
    def _path(self) -> str:
        lineage = self._thread.session.lineage
        return names.ROOT if lineage is None or lineage.path is None else lineage.path

    def check_depth(self) -> None:
        if not may_spawn(self._thread.session.config, self._depth):
            raise ToolRefusal(_TOO_DEEP)

    async def spawn(self, order: AgentOrder) -> StartedAgent:
        parent = self._thread.session
        chosen = (order.role, order.model, order.effort)
        if order.history == "all" and any(one is not None for one in chosen):
            raise ToolRefusal(
                "Full-history forked agents inherit the parent agent type, model, and reasoning effort; omit "
                "agent_type, model, and reasoning_effort, or spawn without a full-history fork."
            )
        path = None if order.name is None else names.child(self._path, order.name)
        role = role_named(parent.config, order.role or DEFAULT)
        config = agent_config(parent, role, order)
        with self._members.room(limits_of(parent.config).threads, path):
            lineage = Lineage(
                self._thread.id, self._depth + 1, path, self._members.nickname(role.nicknames), order.role
            )
            child = await self._children.begin(
                self._thread, lineage, config, instructions_for(parent, config, role), order.history
            )
            self._members.add(Member(child.id, lineage, last_task=in_one_text(list(order.input))))
        self._watch(child)
        status = status_of(child)
        if path is None:
            self._speak(child, order.input)
        else:
            letter = notices.mail(self._path, path, in_one_text(list(order.input)), starts=True)
            child.start_telling([letter])
        settings = child.session.settings
        return StartedAgent(child.id, lineage.nickname, path, settings.model, settings.effort, status)

    def status(self, agent_id: str) -> AgentStatus:
        return status_of(self._children.find(agent_id) if self._is_here(agent_id) else None)

    def _is_here(self, agent_id: str) -> bool:
        """Whether it belongs to this tree: nobody reaches the threads of others."""
        return self._members.get(agent_id) is not None or self.is_root(agent_id)

    async def send(self, agent_id: str, said: Sequence[UserInput], *, interrupt: bool) -> str:
        child = self._living(agent_id)
        member = self._members.get(agent_id)
        if member is not None:
            member.last_task = in_one_text(list(said))
        if interrupt and child.active_turn is not None:
            child.active_turn.interrupt().answered.set()
        return self._speak(child, said)

    def _speak(self, child: AgentThread, said: Sequence[UserInput]) -> str:
        running = child.active_turn
        turn = child.prepare_turn(TurnRequest(TurnInput(said), child.session.settings))
        if turn is running:
            return new_item_id()
        child.run(turn)
        return turn.id

    async def wait(self, agent_ids: Sequence[str], seconds: float) -> Mapping[str, AgentStatus]:
        with anyio.move_on_after(seconds):
            while True:
                done = {one: status for one in agent_ids if (status := self.status(one)).is_final}
                if done:
                    return done
                await self._members.wait_change()
        return {}

    async def close(self, agent_id: str) -> AgentStatus:
        child = self._living(agent_id)
        if agent_id == self._thread.id or agent_id in self._above():
            raise AgentMissing(agent_id)
        before = status_of(child)
        await self._children.close(agent_id)
        return before

    def _above(self) -> set[str]:
        """Those whose end would be one's own."""
        found: set[str] = set()
        lineage = self._thread.session.lineage
        while lineage is not None:
            found.add(lineage.parent_id)
            parent = self._children.find(lineage.parent_id)
            lineage = None if parent is None else parent.session.lineage
        return found

    async def resume(self, agent_id: str) -> AgentStatus:
        if not self._is_here(agent_id):
            with self._members.room(limits_of(self._thread.session.config).threads):
                child = await self._children.revive(self._thread, agent_id)
                lineage = child.session.lineage or Lineage(self._thread.id, self._depth + 1)
                self._members.add(Member(child.id, lineage))
            self._watch(child)
        return self.status(agent_id)

    def find(self, name: str) -> str:
        path = names.resolve(self._path, name)
        if path == names.ROOT:
            return self._members.root_id
        member = self._members.at(path)
        if member is None or self._children.find(member.id) is None:
            raise ToolRefusal(f"live agent path `{path}` not found")
        return member.id

    def is_root(self, agent_id: str) -> bool:
        return agent_id == self._members.root_id

    async def mail(self, agent_id: str, message: str, *, starts: bool) -> None:
        recipient = self._living(agent_id)
        member = self._members.get(agent_id)
        path = names.ROOT if member is None else member.lineage.path or member.id
        if member is not None:
            member.last_task = message
        letter = notices.mail(self._path, path, message, starts=starts)
        if starts:
            recipient.start_telling([letter])
        else:
            recipient.tell([letter], prolongs=False)
        self._members.changed()

    async def wait_for_mail(self, seconds: float) -> bool:
        with anyio.move_on_after(seconds):
            while True:
                turn = self._thread.active_turn
                if turn is not None and (turn.noted or turn.told):
                    return True
                await self._members.wait_change()
        return False

    def list(self, prefix: str | None) -> Sequence[NamedAgent]:
        start = names.ROOT if prefix is None else names.resolve(self._path, prefix)
        root = NamedAgent(names.ROOT, self.status(self._members.root_id), "Main thread")
        agents = [
            NamedAgent(member.lineage.path, self.status(member.id), member.last_task)
            for member in self._members
            if member.lineage.path is not None
        ]
        rows = [root, *sorted(agents, key=lambda agent: agent.name)]
        return [row for row in rows if names.is_within(row.name, start)]

    def _living(self, agent_id: str) -> AgentThread:
        child = self._children.find(agent_id) if self._is_here(agent_id) else None
        if child is None or child.is_closing:
            raise AgentMissing(agent_id)
        return child

    def _watch(self, child: AgentThread) -> None:
        """Wake whoever waits whenever the child gets on, and let the agent of this thread hear of its end."""
        members = self._members

        def progressed(thread: AgentThread) -> None:
            member = members.get(thread.id)
            if member is not None and not self._thread.is_closing:
                self._report(member, status_of(thread), closing=thread.is_closing)
            if thread.is_closing:
                members.remove(thread.id)
            members.changed()

        child.watchers.append(progressed)

    def _report(self, member: Member, status: AgentStatus, *, closing: bool) -> None:
        """An agent without a name reports once, also that it was closed; one with a name after each task."""
        path = member.lineage.path
        if not status.is_final:
            return
        if path is None:
            if member.reports:
                member.reports = False
                self._thread.tell([notices.as_user(notices.ended(member.id, status))])
        elif not closing:
            news = notices.ended(path, status)
            self._thread.tell([notices.mail(path, names.parent(path), news, starts=False)], prolongs=False)
            if (above := self._members.get(self._thread.id)) is not None:
                above.last_task = news
