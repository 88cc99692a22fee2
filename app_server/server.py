"""The composition root: what the server is made of, and in which order it begins and ends.

Nothing but this module knows all layers. What a first request does not need is imported when it is needed.
"""

import os
import socket
from collections.abc import Sequence
from pathlib import Path

import anyio
from anyio.abc import TaskGroup

from app_server.agent.background import carefully
from app_server.agent.debug_prompt import PromptPreview
from app_server.agent.git import git_state
from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.model_listing import take_own_list
from app_server.agent.opening import Upstream
from app_server.agent.readiness import get_ready
from app_server.agent.threads import Crews, Threads
from app_server.areas import Areas
from app_server.config.errors import ConfigError
from app_server.config.features import UnknownFeatureError
from app_server.config.loader import ConfigLoader
from app_server.config.loader import Startup as ConfigStartup
from app_server.config.overrides import OverrideError
from app_server.config.warnings import StartupWarning
from app_server.handlers.base import Handler
from app_server.handlers.threads.sink import ThreadSink
from app_server.http.client import HttpClient
from app_server.model.access_token import TOKEN_VARIABLE
from app_server.model.auth import AuthStore
from app_server.model.offline.embedded import EmbeddedOffline
from app_server.options import CommandFailure
from app_server.renewing import renewing
from app_server.rpc.attestation import DEFAULT_BUDGET_SECONDS, ClientAttestation
from app_server.rpc.questions import ClientQuestions
from app_server.rpc.server import RpcServer
from app_server.skills.library import SkillLibrary
from app_server.skills.watch import watch_skills
from app_server.startup import Startup
from app_server.store.installation import installation_id_or_new
from app_server.store.threads import LocalThreadStore
from app_server.transport.serve import serve_stdio
from protocol.remote_control_status import RemoteControlStatusChangedNotification
from protocol.wire import WireModel


def run(startup: Startup) -> int:
    """Serve until the client is done; the exit code. Raises CommandFailure."""
    try:
        configs = ConfigLoader(
            Path(startup.codex_home),
            overrides=startup.options.overrides,
            enable=startup.options.enable,
            disable=startup.options.disable,
        )
        own = configs.startup(strict=startup.options.strict_config)
    except OverrideError as error:
        raise CommandFailure(f"error parsing -c overrides: {error}") from error
    except (ConfigError, UnknownFeatureError) as error:
        raise CommandFailure(str(error)) from error
    anyio.run(_serve, startup, configs, own)
    return 0


async def _serve(startup: Startup, configs: ConfigLoader, own: ConfigStartup) -> None:
    home = configs.codex_home
    identifier = installation_id_or_new(home)
    http = HttpClient(os.environ)
    try:
        async with EmbeddedOffline(os.environ) as offline, anyio.create_task_group() as tasks:
            if problem := take_own_list(own.config):
                own = own._replace(warnings=(*own.warnings, StartupWarning(problem)))
            library = SkillLibrary(os.environ)
            upstream = Upstream(
                AuthStore(home, own.config.credentials_store, os.environ.get(TOKEN_VARIABLE, "")),
                http,
                startup.identity,
                identifier,
                os.environ,
                offline,
                library,
            )
            server = _Server(startup, configs, own, upstream, tasks)
            await server.serve()
            tasks.cancel_scope.cancel()
    finally:
        with anyio.CancelScope(shield=True):
            await http.close()


class _Server:
    """The parts, wired."""

    def __init__(
        self,
        startup: Startup,
        configs: ConfigLoader,
        own: ConfigStartup,
        upstream: Upstream,
        tasks: TaskGroup,
    ) -> None:
        self._startup = startup
        self._own = own
        self._installation_id = upstream.installation_id
        self._rpc = RpcServer(
            resolve=self._resolve,
            identity=startup.identity,
            codex_home=startup.codex_home,
            first_events=self._first_events,
        )
        audience = self._rpc.audience
        upstream = renewing(
            upstream, audience, tasks, own.config.forced_workspaces, own.config.chatgpt_base_url
        )
        self._loaded = LoadedThreads(has_subscribers=audience.has_subscribers, on_unloaded=self._unloaded)
        budget_ms = own.config.attestation_timeout_ms
        store = LocalThreadStore(configs.codex_home, git_of=git_state)
        threads = Threads(
            configs=configs,
            store=store,
            upstream=upstream,
            attestation=ClientAttestation(
                audience, DEFAULT_BUDGET_SECONDS if budget_ms is None else budget_ms / 1000
            ),
            questions=ClientQuestions(audience.server_requests),
            sink_for=lambda thread_id: ThreadSink(audience, thread_id),
            loaded=self._loaded,
            tasks=tasks,
            crews=_crews,
            agents_heard_by=audience,
            source=startup.options.session_source,
        )
        self._areas = Areas(
            audience=audience,
            configs=configs,
            store=store,
            loaded=self._loaded,
            threads=threads,
            upstream=upstream,
            preview=PromptPreview(upstream),
            tasks=tasks,
        )
        tasks.start_soon(self._loaded.unload_unused)
        tasks.start_soon(carefully(get_ready), self._loaded)
        tasks.start_soon(
            carefully(watch_skills),
            upstream.skills,
            lambda: bool(self._loaded.ids()),
            self._skills_changed,
        )

    async def serve(self) -> None:
        """Serve the client of stdio, and end what it began."""
        await serve_stdio(
            self._rpc,
            self._startup.channel,
            self._startup.signals,
            greeted=self._startup.greeted,
            turns_are_running=lambda: self._loaded.any_running,
            before_close=self._loaded.interrupt_all,
        )
        self._rpc.audience.server_requests.shut_down()
        await self._loaded.close_all()

    def _resolve(self, method: str) -> Handler | None:
        return self._areas.handler(method)

    def _first_events(self) -> Sequence[WireModel]:
        warnings = _as_events(self._own.warnings) if self._own.warnings else ()
        status = RemoteControlStatusChangedNotification(
            status="disabled", server_name=socket.gethostname(), installation_id=self._installation_id
        )
        return [*warnings, status]

    def _skills_changed(self) -> None:
        from protocol.skill import SkillsChangedNotification  # they seldom do

        self._rpc.audience.emit(SkillsChangedNotification())

    def _unloaded(self, thread_id: str) -> None:
        from protocol.thread_changes import ThreadClosedNotification  # long after a start

        self._rpc.audience.end_requests(thread_id)
        self._rpc.audience.forget(thread_id)
        self._rpc.audience.emit(ThreadClosedNotification(thread_id=thread_id))


def _crews(threads: Threads) -> Crews:
    from app_server.agent.subagents.crews import AgentTrees  # few threads have agents

    return AgentTrees(threads)


def _as_events(warnings: Sequence[StartupWarning]) -> Sequence[WireModel]:
    from protocol.config_warning import ConfigWarningNotification  # most configurations are in order

    return [
        ConfigWarningNotification.model_validate(
            {
                "summary": warning.summary,
                "details": warning.details,
                "path": warning.path,
                "range": warning.range,
            }
        )
        for warning in warnings
    ]
