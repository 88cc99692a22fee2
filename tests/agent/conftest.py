"""The stage on which threads run without a process or a socket."""

from collections.abc import AsyncIterator
from pathlib import Path

import anyio
import pytest
from support.machine import Machine
from support.stage import CONFIG, Attester, Identity, NoOffline, ScriptedModel, Sink, Stage

from app_server.agent.debug_prompt import PromptPreview
from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.opening import Unheard, Upstream
from app_server.agent.subagents.crews import AgentTrees
from app_server.agent.threads import Threads
from app_server.model.auth import AuthStore
from app_server.skills.library import SkillLibrary
from app_server.store.threads import LocalThreadStore


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    for name in ("home", "system", "work"):
        (tmp_path / name).mkdir()
    machine = Machine(tmp_path / "home", tmp_path / "system", tmp_path / "work")
    machine.write(CONFIG)
    return machine


@pytest.fixture
async def stage(machine: Machine) -> AsyncIterator[Stage]:
    sinks: dict[str, Sink] = {}
    watched: set[str] = set()
    closed: list[str] = []
    model, attester, auth = ScriptedModel(), Attester(), AuthStore(machine.home)
    identifier = "11111111-2222-4333-8444-555555555555"
    upstream = Upstream(auth, model, Identity(), identifier, {}, NoOffline(), SkillLibrary({}))
    loaded = LoadedThreads(has_subscribers=watched.__contains__, on_unloaded=closed.append)

    def sink_for(thread_id: str) -> Sink:
        return sinks.setdefault(thread_id, Sink())

    async with anyio.create_task_group() as tasks:
        threads = Threads(
            configs=machine.loader(),
            store=LocalThreadStore(machine.home),
            upstream=upstream,
            attestation=attester,
            questions=Unheard(),
            sink_for=sink_for,
            loaded=loaded,
            tasks=tasks,
            crews=AgentTrees,
        )
        yield Stage(machine, model, attester, threads, PromptPreview(upstream), auth, sinks, watched, closed)
        await loaded.close_all()
        tasks.cancel_scope.cancel()
