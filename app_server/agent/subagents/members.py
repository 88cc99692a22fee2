"""The agents of one tree: who is there, what each is called, and how many there may be."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

import anyio

from app_server.agent.lineage import Lineage
from app_server.agent.subagents.nicknames import nickname
from app_server.tools.call import ToolRefusal
from app_server.tools.crew import SpawnRefused


@dataclass(slots=True)
class Member:
    """A living agent of the tree; the root is none."""

    id: str
    lineage: Lineage
    reports: bool = True
    """Whether its parent is still to be told that it is done; of an agent without a name."""
    last_task: str | None = None


class Members:
    """Owns what is known of the agents under one root. Belongs to one event loop."""

    def __init__(self, root_id: str) -> None:
        self.root_id = root_id
        self._living: dict[str, Member] = {}
        self._coming = 0
        self._coming_paths: set[str] = set()
        self._nicknames: set[str] = set()
        self._random = Random()  # noqa: S311 - it gives names
        self._changed = anyio.Event()

    def get(self, agent_id: str) -> Member | None:
        return self._living.get(agent_id)

    def __iter__(self) -> Iterator[Member]:
        return iter(tuple(self._living.values()))

    def at(self, path: str) -> Member | None:
        """The living agent of that name."""
        return next((member for member in self._living.values() if member.lineage.path == path), None)

    @contextmanager
    def room(self, limit: int, path: str | None = None) -> Generator[None]:
        """Keep a place for an agent that is being started. Raises SpawnRefused, or ToolRefusal for a name."""
        if len(self._living) + self._coming >= limit:
            raise SpawnRefused("agent thread limit reached")
        if path is not None and (self.at(path) is not None or path in self._coming_paths):
            raise ToolRefusal(f"agent path `{path}` already exists")
        self._coming += 1
        if path is not None:
            self._coming_paths.add(path)
        try:
            yield
        finally:
            self._coming -= 1
            if path is not None:
                self._coming_paths.discard(path)

    def nickname(self, candidates: tuple[str, ...]) -> str:
        """A name that nobody here has had."""
        chosen = nickname(self._nicknames, candidates, self._random)
        self._nicknames.add(chosen)
        return chosen

    def add(self, member: Member) -> None:
        self._living[member.id] = member
        if member.lineage.nickname is not None:
            self._nicknames.add(member.lineage.nickname)

    def remove(self, agent_id: str) -> None:
        self._living.pop(agent_id, None)

    def changed(self) -> None:
        """An agent has come further, or was written to: wake whoever waits for that."""
        event, self._changed = self._changed, anyio.Event()
        event.set()

    async def wait_change(self) -> None:
        await self._changed.wait()
