"""What clients may choose from, apart from models: modes, features, providers, profiles (services.md §6)."""

from pathlib import Path

from app_server.agent.opening import Upstream
from app_server.config.features import DEFAULTS, STAGES
from app_server.config.loader import ConfigLoader
from app_server.config.permission_profiles import FULL_ACCESS, READ_ONLY, WORKSPACE
from app_server.handlers.base import Call
from app_server.handlers.errors import refusals
from app_server.handlers.pages import page
from protocol.feature import (
    ExperimentalFeature,
    ExperimentalFeatureListParams,
    ExperimentalFeatureListResponse,
    ExperimentalFeatureStage,
)
from protocol.mode import CollaborationModeListParams, CollaborationModeListResponse, CollaborationModeMask
from protocol.permissions import (
    PermissionProfileListParams,
    PermissionProfileListResponse,
    PermissionProfileSummary,
)

_STAGES: dict[str, ExperimentalFeatureStage] = {
    "experimental": "beta",
    "under development": "underDevelopment",
    "stable": "stable",
    "deprecated": "deprecated",
    "removed": "removed",
}
_SAID_OF_BETA = {
    "external_migration": ("External migration", "Take over the settings of another agent."),
    "goals": ("Goals", "Give a thread a goal that it works towards over many turns."),
    "memories": ("Memories", "Remember what was learnt in a thread for the threads to come."),
    "mentions_v2": ("Mentions", "Mention files, skills and plugins in a message by one list."),
    "network_proxy": ("Network proxy", "Hold commands that may use the network to the allowed hosts."),
    "prevent_idle_sleep": ("Stay awake", "Keep the machine awake while a turn runs."),
    "terminal_resize_reflow": (
        "Terminal reflow",
        "Lay out the transcript anew when the terminal is resized.",
    ),
}


class CatalogueHandlers:
    """Each list is made when it is asked for."""

    def __init__(self, upstream: Upstream, configs: ConfigLoader) -> None:
        self._upstream = upstream
        self._configs = configs

    async def modes(self, _call: Call, _params: CollaborationModeListParams) -> CollaborationModeListResponse:
        return CollaborationModeListResponse(
            data=[
                CollaborationModeMask(name="Plan", mode="plan", model=None, reasoning_effort="medium"),
                CollaborationModeMask(name="Default", mode="default", model=None, reasoning_effort=None),
            ]
        )

    async def features(
        self, _call: Call, params: ExperimentalFeatureListParams
    ) -> ExperimentalFeatureListResponse:
        """Only those that users are invited to try have texts."""
        config = self._configs.startup().config
        rows = [_feature(name, enabled=config.feature(name)) for name in STAGES]
        chosen, next_cursor = page(rows, params.cursor, params.limit, "feature flags")
        return ExperimentalFeatureListResponse(data=list(chosen), next_cursor=next_cursor)

    async def profiles(
        self, _call: Call, params: PermissionProfileListParams
    ) -> PermissionProfileListResponse:
        """The built-in profiles, then those of the configuration that holds in the folder."""
        with refusals():
            config = self._configs.load(cwd=Path(params.cwd) if params.cwd else None)
        allowed = config.requirements.sandbox_modes
        built_in = {
            READ_ONLY: "read-only",
            WORKSPACE: "workspace-write",
            FULL_ACCESS: "danger-full-access",
        }
        rows = [
            PermissionProfileSummary(id=name, allowed=allowed is None or mode in allowed.values)
            for name, mode in built_in.items()
        ]
        for name, table in sorted(config.table("permissions").items()):
            said = table.get("description") if isinstance(table, dict) else None
            rows.append(
                PermissionProfileSummary(
                    id=name, description=said if isinstance(said, str) else None, allowed=True
                )
            )
        chosen, next_cursor = page(rows, params.cursor, params.limit, "permission profiles")
        return PermissionProfileListResponse(data=list(chosen), next_cursor=next_cursor)


def _feature(name: str, *, enabled: bool) -> ExperimentalFeature:
    title, said = _SAID_OF_BETA.get(name, (None, None))
    return ExperimentalFeature(
        name=name,
        stage=_STAGES[STAGES[name]],
        display_name=title,
        description=said,
        announcement=None if title is None else "",
        enabled=enabled,
        default_enabled=DEFAULTS[name],
    )
