"""The trees of agents of this process: each thread finds its own in here."""

from weakref import WeakValueDictionary

from app_server.agent.subagents.child_threads import ChildThreads
from app_server.agent.subagents.crew import ThreadCrew
from app_server.agent.subagents.members import Members
from app_server.agent.thread import AgentThread
from app_server.agent.threads import Threads


class AgentTrees:
    """Implements `threads.Crews`. What is known of a tree is kept by the agents in it."""

    def __init__(self, threads: Threads) -> None:
        self._children = ChildThreads(threads)
        self._trees: WeakValueDictionary[str, Members] = WeakValueDictionary()

    def of(self, thread: AgentThread) -> ThreadCrew:
        """The agents that the agent of this thread can reach."""
        root_id = thread.session.session_id
        members = self._trees.get(root_id)
        if members is None:
            members = self._trees[root_id] = Members(root_id)
        return ThreadCrew(thread, members, self._children)
