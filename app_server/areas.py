"""Makes the areas of handlers when a method of theirs is first called."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from anyio.abc import TaskGroup

from app_server.agent.background import carefully
from app_server.agent.debug_prompt import PromptPreview
from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.opening import Upstream
from app_server.agent.threads import Threads
from app_server.config.loader import ConfigLoader
from app_server.handlers.base import Audience, Handler
from app_server.handlers.table import HANDLERS
from app_server.store.threads import LocalThreadStore

if TYPE_CHECKING:
    from app_server.agent.app_catalogue import AppCatalogue
    from app_server.handlers.plugins.apps import AppHandlers


@dataclass(slots=True)
class Areas:
    """What handlers are made of. Each area's module is imported with its first call."""

    audience: Audience
    configs: ConfigLoader
    store: LocalThreadStore
    loaded: LoadedThreads
    threads: Threads
    upstream: Upstream
    preview: PromptPreview
    tasks: TaskGroup
    """Where work runs that outlives the connection that asked for it."""
    _made: dict[str, object] = field(default_factory=dict[str, object])

    def handler(self, method: str) -> Handler | None:
        """The handler of a method, or None when there is none."""
        entry = HANDLERS.get(method)
        return None if entry is None else cast("Handler", getattr(self.area(entry[0]), entry[1]))

    def area(self, name: str) -> object:
        """The area of that name, made once."""
        made = self._made.get(name)
        if made is None:
            makers: dict[str, Callable[[], object]] = {
                "thread_start": self._thread_start,
                "threads": self._threads,
                "thread_loaded": self._thread_loaded,
                "thread_reads": self._thread_reads,
                "thread_presence": self._thread_presence,
                "thread_pages": self._thread_pages,
                "thread_search": self._thread_search,
                "thread_queue": self._thread_queue,
                "read_states": self._read_states,
                "thread_timeline": self._thread_timeline,
                "thread_control": self._thread_control,
                "thread_metadata": self._thread_metadata,
                "thread_history": self._thread_history,
                "thread_commands": self._thread_commands,
                "goals": self._goals,
                "realtime": self._realtime,
                "turns": self._turns,
                "turn_control": self._turn_control,
                "accounts": self._accounts,
                "logins": self._logins,
                "limits": self._limits,
                "catalogues": self._catalogues,
                "models": self._models,
                "configs": self._configs,
                "config_writes": self._config_writes,
                "skills": self._skills,
                "reviews": self._reviews,
                "legacy": self._legacy,
                "upkeep": self._upkeep,
                "hooks": self._hooks,
                "files": self._files,
                "file_watches": self._file_watches,
                "file_search": self._file_search,
                "mcp": self._mcp,
                "mcp_logins": self._mcp_logins,
                "command_exec": self._command_exec,
                "processes": self._processes,
                "model_providers": self._model_providers,
                "remote_control": self._remote_control,
                "environments": self._environments,
                "apps": self._apps,
                "app_catalogue": self._app_catalogue,
                "external_agent": self._external_agent,
                "plugins": self._plugins,
                "shared_plugins": self._shared_plugins,
                "marketplaces": self._marketplaces,
                "diagnostics": self._diagnostics,
                "debug": self._debug,
            }
            made = self._made[name] = makers[name]()
        return made

    def _thread_start(self) -> object:
        from app_server.handlers.threads.start import ThreadStart

        return ThreadStart(self.threads, self.audience)

    def _thread_loaded(self) -> object:
        from app_server.handlers.threads.loaded import ThreadLoaded

        return ThreadLoaded(self.loaded)

    def _threads(self) -> object:
        from app_server.handlers.threads.coming_back import ThreadHandlers
        from app_server.handlers.threads.reads import ThreadReads

        return ThreadHandlers(self.threads, self.audience, cast("ThreadReads", self.area("thread_reads")))

    def _thread_reads(self) -> object:
        from app_server.handlers.threads.reads import ThreadReads

        return ThreadReads(self.store, self.loaded, self.configs)

    def _thread_presence(self) -> object:
        from app_server.handlers.threads.presence import ThreadPresence
        from app_server.handlers.threads.reads import ThreadReads

        reads = cast("ThreadReads", self.area("thread_reads"))
        return ThreadPresence(self.store, self.loaded, self.audience, reads)

    def _thread_pages(self) -> object:
        from app_server.handlers.threads.pages import ThreadPages
        from app_server.handlers.threads.reads import ThreadReads

        return ThreadPages(cast("ThreadReads", self.area("thread_reads")))

    def _thread_search(self) -> object:
        from app_server.handlers.threads.reads import ThreadReads
        from app_server.handlers.threads.search import ThreadSearch

        return ThreadSearch(self.store, cast("ThreadReads", self.area("thread_reads")))

    def _read_states(self) -> object:
        from app_server.handlers.threads.read_states import ReadStates
        from app_server.handlers.threads.reads import ThreadReads

        reads = cast("ThreadReads", self.area("thread_reads"))
        return ReadStates(self.configs.codex_home, self.loaded, self.audience, reads, self.tasks)

    def _thread_queue(self) -> object:
        from app_server.handlers.turns.queue import ThreadQueues

        return ThreadQueues(self.configs.codex_home, self.store, self.loaded, self.audience, self.tasks)

    def _thread_timeline(self) -> object:
        from app_server.handlers.threads.reads import ThreadReads
        from app_server.handlers.threads.timeline import ThreadTimeline

        return ThreadTimeline(cast("ThreadReads", self.area("thread_reads")))

    def _thread_control(self) -> object:
        from app_server.handlers.threads.control import ThreadControl

        return ThreadControl(self.loaded, self.audience)

    def _thread_metadata(self) -> object:
        from app_server.handlers.threads.metadata import ThreadMetadata
        from app_server.handlers.threads.reads import ThreadReads

        reads = cast("ThreadReads", self.area("thread_reads"))
        return ThreadMetadata(self.store, self.loaded, self.audience, reads)

    def _thread_history(self) -> object:
        from app_server.handlers.threads.history import ThreadHistory
        from app_server.handlers.threads.reads import ThreadReads

        reads = cast("ThreadReads", self.area("thread_reads"))
        return ThreadHistory(self.store, self.loaded, reads, self.audience)

    def _goals(self) -> object:
        from app_server.handlers.threads.goals import GoalHandlers

        return GoalHandlers(self.threads, self.configs, self.audience)

    def _thread_commands(self) -> object:
        from app_server.handlers.threads.commands import ThreadCommands

        return ThreadCommands(self.loaded)

    def _realtime(self) -> object:
        from app_server.handlers.turns.realtime import RealtimeHandlers

        return RealtimeHandlers(self.loaded, self.audience, self.upstream.auth)

    def _turns(self) -> object:
        from app_server.handlers.turns.start import TurnHandlers

        return TurnHandlers(self.loaded)

    def _turn_control(self) -> object:
        from app_server.handlers.turns.control import TurnControl

        return TurnControl(self.loaded)

    def _accounts(self) -> object:
        from app_server.handlers.account.accounts import AccountHandlers

        return AccountHandlers(self.upstream, self.configs)

    def _limits(self) -> object:
        from app_server.handlers.account.limits import LimitHandlers

        return LimitHandlers(self.upstream, self.configs)

    def _catalogues(self) -> object:
        from app_server.handlers.settings.catalogues import CatalogueHandlers

        return CatalogueHandlers(self.upstream, self.configs)

    def _logins(self) -> object:
        from app_server.handlers.account.logins import LoginHandlers
        from app_server.model.login.issuer import Caller, issuer_of
        from app_server.model.login.logins import Logins

        upstream = self.upstream
        port = upstream.env.get("CODEX_APP_SERVER_LOGIN_PORT", "")
        logins = Logins(
            upstream.auth,
            Caller(upstream.http, upstream.identity),
            issuer_of(upstream.env),
            self.tasks,
            originator=lambda: upstream.identity.originator,
            port=int(port) if port.isascii() and port.isdecimal() else None,
        )
        return LoginHandlers(upstream, self.configs, self.audience, logins)

    def _models(self) -> object:
        from app_server.handlers.settings.models import ModelHandlers

        return ModelHandlers(self.upstream, self.configs, self.threads.listing)

    def _configs(self) -> object:
        from app_server.handlers.settings.configs import ConfigHandlers

        return ConfigHandlers(self.configs)

    def _config_writes(self) -> object:
        from app_server.handlers.settings.config_writes import ConfigWriteHandlers

        return ConfigWriteHandlers(self.configs, self.loaded, self._tell_apps)

    def _skills(self) -> object:
        from app_server.handlers.plugins.skills import SkillHandlers

        return SkillHandlers(self.upstream.skills, self.configs, self.audience)

    def _reviews(self) -> object:
        from app_server.handlers.turns.reviews import ReviewHandlers

        return ReviewHandlers(self.threads, self.loaded, self.audience)

    def _legacy(self) -> object:
        from app_server.handlers.legacy import LegacyHandlers

        return LegacyHandlers(self.store, self.configs)

    def _upkeep(self) -> object:
        from app_server.handlers.upkeep import UpkeepHandlers

        return UpkeepHandlers(self.configs)

    def _hooks(self) -> object:
        from app_server.handlers.plugins.hooks import HookHandlers

        return HookHandlers(self.configs)

    def _files(self) -> object:
        from app_server.handlers.files.operations import FileHandlers

        return FileHandlers()

    def _file_watches(self) -> object:
        from app_server.handlers.files.watches import FileWatchHandlers

        return FileWatchHandlers()

    def _file_search(self) -> object:
        from app_server.handlers.files.search import FileSearchHandlers

        return FileSearchHandlers(self.audience, self.tasks)

    def _mcp(self) -> object:
        from app_server.handlers.mcp.servers import McpHandlers

        return McpHandlers(self.loaded, self.configs, self.upstream)

    def _mcp_logins(self) -> object:
        from app_server.handlers.mcp.logins import McpLoginHandlers

        return McpLoginHandlers(self.loaded, self.configs, self.audience, self.upstream.http, self.tasks)

    def _command_exec(self) -> object:
        from app_server.handlers.processes.command_exec import CommandExecHandlers

        return CommandExecHandlers(self.configs)

    def _processes(self) -> object:
        from app_server.handlers.processes.spawned import ProcessHandlers

        return ProcessHandlers()

    def _model_providers(self) -> object:
        from app_server.handlers.settings.model_providers import ModelProviderHandlers

        return ModelProviderHandlers(self.configs, self.upstream.env)

    def _remote_control(self) -> object:
        from app_server.handlers.remote_control import RemoteControlHandlers

        return RemoteControlHandlers(self.audience, self.upstream.installation_id)

    def _environments(self) -> object:
        from app_server.handlers.settings.environments import EnvironmentHandlers

        return EnvironmentHandlers(self.configs, self.upstream.http)

    def _apps(self) -> object:
        from app_server.handlers.plugins.apps import AppHandlers

        return AppHandlers(
            self.loaded, self.configs, cast("AppCatalogue", self.area("app_catalogue")), self.audience
        )

    def _app_catalogue(self) -> object:
        from app_server.agent.app_catalogue import AppCatalogue

        return AppCatalogue(self.upstream)

    def _tell_apps(self) -> None:
        """The list of apps may be another one: let clients have it."""
        self.tasks.start_soon(carefully(cast("AppHandlers", self.area("apps")).tell))

    def _external_agent(self) -> object:
        from app_server.handlers.plugins.external_agent import ExternalAgentHandlers

        return ExternalAgentHandlers(self.configs, self.audience, self.upstream.env, self.tasks)

    def _plugins(self) -> object:
        from app_server.handlers.plugins.plugins import PluginHandlers

        apps = cast("AppCatalogue", self.area("app_catalogue"))
        return PluginHandlers(self.configs, self.loaded, self.upstream.env, apps)

    def _shared_plugins(self) -> object:
        from app_server.handlers.plugins.shared import SharedPluginHandlers

        return SharedPluginHandlers()

    def _marketplaces(self) -> object:
        from app_server.handlers.plugins.marketplaces import MarketplaceHandlers

        return MarketplaceHandlers(self.configs, self.loaded, self.upstream.env)

    def _diagnostics(self) -> object:
        from app_server.handlers.diagnostics import DiagnosticsHandlers

        return DiagnosticsHandlers(self.loaded)

    def _debug(self) -> object:
        from app_server.handlers.debug import DebugHandlers

        return DebugHandlers(self.preview, self.configs, self.loaded)
