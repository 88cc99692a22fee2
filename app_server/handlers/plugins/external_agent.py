"""`externalAgentConfig/*`: taking over what users set up for another agent (services.md §10)."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final, cast

import anyio.to_thread
from anyio.abc import TaskGroup

from app_server.agent.identifiers import new_item_id
from app_server.config.errors import ConfigError
from app_server.config.home import user_home
from app_server.config.loader import ConfigLoader
from app_server.handlers.base import Audience, Call, Reply
from app_server.migration.kinds import KINDS, Found
from app_server.migration.places import Places, places_of, project_places, user_places
from protocol.external_agent import (
    CommandMigration,
    ExternalAgentConfigDetectParams,
    ExternalAgentConfigDetectResponse,
    ExternalAgentConfigImportCompletedNotification,
    ExternalAgentConfigImportItemTypeFailure,
    ExternalAgentConfigImportItemTypeSuccess,
    ExternalAgentConfigImportParams,
    ExternalAgentConfigImportResponse,
    ExternalAgentConfigImportTypeResult,
    ExternalAgentConfigMigrationItem,
    ExternalAgentConfigMigrationItemType,
    HookMigration,
    McpServerMigration,
    MigrationDetails,
    SkillMigration,
    SubagentMigration,
)
from protocol.jsonrpc import invalid_params

_SESSIONS: Final = "SESSIONS"


class ExternalAgentHandlers:
    """Looks at the disk each time; nothing that is there already is replaced."""

    def __init__(
        self, configs: ConfigLoader, audience: Audience, environ: Mapping[str, str], tasks: TaskGroup
    ) -> None:
        self._configs = configs
        self._audience = audience
        self._environ = environ
        self._tasks = tasks

    async def detect(
        self, _call: Call, params: ExternalAgentConfigDetectParams
    ) -> ExternalAgentConfigDetectResponse:
        """What there is to be taken over, the user's own first."""
        find = partial(self._find, params.include_home, [str(cwd) for cwd in params.cwds or ()])
        return ExternalAgentConfigDetectResponse(items=await anyio.to_thread.run_sync(find))

    async def take_over(
        self, _call: Call, params: ExternalAgentConfigImportParams
    ) -> Reply[ExternalAgentConfigImportResponse]:
        """Answered at once; everybody is told when it is done, and what came of each item."""
        for item in params.migration_items:
            sessions = item.details.sessions if item.details is not None else []
            if item.item_type == _SESSIONS and sessions:
                raise invalid_params(
                    f"external agent session was not detected for import: {sessions[0].path}"
                )
        import_id = new_item_id()

        def begin() -> None:
            if params.migration_items:
                self._tasks.start_soon(self._take_all, import_id, params.migration_items)

        return Reply(ExternalAgentConfigImportResponse(import_id=import_id), begin)

    async def _take_all(self, import_id: str, items: Sequence[ExternalAgentConfigMigrationItem]) -> None:
        results = [await anyio.to_thread.run_sync(self._take, item) for item in items]
        self._audience.emit(
            ExternalAgentConfigImportCompletedNotification(import_id=import_id, item_type_results=results)
        )

    def _find(self, home: bool, cwds: Sequence[str]) -> list[ExternalAgentConfigMigrationItem]:
        user = Path(user_home(self._environ))
        found: list[ExternalAgentConfigMigrationItem] = []
        for places in places_of(self._configs.codex_home, self._environ, home=home, cwds=cwds):
            for name, kind in KINDS.items():
                try:
                    there = kind.find(places, user)
                except (OSError, ConfigError):
                    continue
                if there is not None:
                    found.append(_item(name, there, places))
        return found

    def _take(self, item: ExternalAgentConfigMigrationItem) -> ExternalAgentConfigImportTypeResult:
        kind, problem = KINDS.get(item.item_type), None
        if item.cwd is None:
            places = user_places(self._configs.codex_home, self._environ)
        else:
            places = project_places(Path(item.cwd))
        try:
            if kind is None:
                problem = "this server does not take over items of this kind"
            else:
                kind.take_over(places, Path(user_home(self._environ)))
        except (OSError, ConfigError, ValueError) as error:
            problem = str(error)
        return _result(item, problem)


def _result(
    item: ExternalAgentConfigMigrationItem, problem: str | None
) -> ExternalAgentConfigImportTypeResult:
    kind, cwd = item.item_type, item.cwd
    if problem is None:
        success = ExternalAgentConfigImportItemTypeSuccess(item_type=kind, cwd=cwd)
        return ExternalAgentConfigImportTypeResult(item_type=kind, successes=[success], failures=[])
    failure = ExternalAgentConfigImportItemTypeFailure(
        item_type=kind, cwd=cwd, failure_stage="import", message=problem
    )
    return ExternalAgentConfigImportTypeResult(item_type=kind, successes=[], failures=[failure])


def _item(kind: str, found: Found, places: Places) -> ExternalAgentConfigMigrationItem:
    return ExternalAgentConfigMigrationItem(
        item_type=cast("ExternalAgentConfigMigrationItemType", kind),
        description=found.description,
        cwd=None if places.project is None else str(places.project),
        details=_details(kind, found.names),
    )


def _details(kind: str, names: Sequence[str]) -> MigrationDetails | None:
    match kind:
        case "MCP_SERVER_CONFIG":
            return MigrationDetails(mcp_servers=[McpServerMigration(name=name) for name in names])
        case "HOOKS":
            return MigrationDetails(hooks=[HookMigration(name=name) for name in names])
        case "SKILLS":
            return MigrationDetails(skills=[SkillMigration(name=name) for name in names])
        case "SUBAGENTS":
            return MigrationDetails(subagents=[SubagentMigration(name=name) for name in names])
        case "COMMANDS":
            return MigrationDetails(commands=[CommandMigration(name=name) for name in names])
        case _:
            return None
