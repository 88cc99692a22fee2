"""The whole server in one process, with connections in memory: all but the pipes and the command line."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import anyio

from app_server.agent.debug_prompt import PromptPreview
from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.opening import Upstream
from app_server.agent.ports import AttestationProvider
from app_server.agent.subagents.crews import AgentTrees
from app_server.agent.threads import Threads
from app_server.areas import Areas
from app_server.handlers.base import Handler
from app_server.handlers.table import HANDLERS
from app_server.handlers.threads.sink import ThreadSink
from app_server.http.client import HttpClient
from app_server.model.auth import AuthStore
from app_server.rpc.attestation import ClientAttestation
from app_server.rpc.questions import ClientQuestions
from app_server.skills.library import SkillLibrary
from app_server.store.threads import LocalThreadStore
from protocol.wire import JsonValue
from support.machine import Machine
from support.memory import MemoryClient, MemoryServer, memory_server
from support.stage import Identity, NoOffline


@dataclass
class House:
    """The server's parts that tests look at."""

    server: MemoryServer
    loaded: LoadedThreads
    attestation: ClientAttestation

    async def connect(self, **capabilities: JsonValue) -> MemoryClient:
        client = self.server.connect()
        await client.initialize(experimentalApi=True, **capabilities)
        return client


@asynccontextmanager
async def house_with(
    machine: Machine,
    http: HttpClient,
    *,
    attestation_seconds: float = 0.1,
    watched: Callable[[AttestationProvider], AttestationProvider] = lambda provider: provider,
) -> AsyncGenerator[House]:
    """A server over this way to its providers; `watched` may put something before the attestations."""
    handlers: dict[str, Handler] = {}
    async with memory_server(handlers) as server, anyio.create_task_group() as tasks:
        audience = server.rpc.audience
        skills = SkillLibrary({})
        upstream = Upstream(AuthStore(machine.home), http, Identity(), "id", {}, NoOffline(), skills)
        loaded = LoadedThreads(has_subscribers=audience.has_subscribers, on_unloaded=lambda _: None)
        configs, store = machine.loader(), LocalThreadStore(machine.home)
        attestation = ClientAttestation(audience, attestation_seconds)
        threads = Threads(
            configs=configs,
            store=store,
            upstream=upstream,
            attestation=watched(attestation),
            questions=ClientQuestions(audience.server_requests),
            sink_for=lambda thread_id: ThreadSink(audience, thread_id),
            loaded=loaded,
            tasks=tasks,
            crews=AgentTrees,
        )
        areas = Areas(audience, configs, store, loaded, threads, upstream, PromptPreview(upstream), tasks)
        for method in HANDLERS:
            if method.startswith(("thread/", "turn/")):
                handler = areas.handler(method)
                assert handler is not None
                handlers[method] = handler
        yield House(server, loaded, attestation)
        await loaded.close_all()
        tasks.cancel_scope.cancel()
