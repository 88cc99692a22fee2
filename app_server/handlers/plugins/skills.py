"""Skills as clients see and switch them (services.md §7)."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import anyio.to_thread

from app_server.config.errors import ConfigError
from app_server.config.loader import ConfigLoader
from app_server.handlers.base import Audience, Call, Reply
from app_server.skills.library import SkillLibrary
from app_server.skills.skill import Skill, SkillCatalogue
from protocol.jsonrpc import internal_error, invalid_params
from protocol.skill import (
    SkillDependencies,
    SkillErrorInfo,
    SkillInterface,
    SkillMetadata,
    SkillsChangedNotification,
    SkillsConfigWriteParams,
    SkillsConfigWriteResponse,
    SkillsExtraRootsSetParams,
    SkillsExtraRootsSetResponse,
    SkillsListEntry,
    SkillsListParams,
    SkillsListResponse,
)
from protocol.wire import to_camel


class SkillHandlers:
    """Lists the skills of folders, and turns them on and off."""

    def __init__(self, library: SkillLibrary, configs: ConfigLoader, audience: Audience) -> None:
        self._library = library
        self._configs = configs
        self._audience = audience

    async def list_all(self, _call: Call, params: SkillsListParams) -> SkillsListResponse:
        """The skills of each folder, as they are on disk; of the server's own folder when none is named."""
        folders = params.cwds or [str(self._configs.launch_folder)]
        entries = partial(self._entries, folders, anew=params.force_reload)
        return SkillsListResponse(data=await anyio.to_thread.run_sync(entries))

    async def write_config(self, _call: Call, params: SkillsConfigWriteParams) -> SkillsConfigWriteResponse:
        """Turn skills on or off by path or by name, in the user's config.toml."""
        name = (params.name or "").strip()
        if (params.path is None) == (not name):
            raise invalid_params("skills/config/write requires exactly one of path or name")
        switch = partial(self._configs.switch_skill, name or None, params.path, enabled=params.enabled)
        try:
            await anyio.to_thread.run_sync(switch)
        except ConfigError as error:
            raise internal_error(f"failed to update skill settings: {error}") from error
        return SkillsConfigWriteResponse(effective_enabled=params.enabled)

    async def set_extra_roots(
        self, _call: Call, params: SkillsExtraRootsSetParams
    ) -> Reply[SkillsExtraRootsSetResponse]:
        """Search more folders until the server ends, and tell everybody to ask again."""
        self._library.set_extra_roots(str(root) for root in params.extra_roots)
        return Reply(SkillsExtraRootsSetResponse(), lambda: self._audience.emit(SkillsChangedNotification()))

    def _entries(self, folders: Sequence[str], *, anew: bool) -> list[SkillsListEntry]:
        return [_entry(folder, self._catalogue(folder, anew=anew)) for folder in folders]

    def _catalogue(self, folder: str, *, anew: bool) -> SkillCatalogue:
        try:
            config = self._configs.load(cwd=Path(folder) if folder else None)
        except ConfigError as error:
            raise internal_error(f"failed to reload config: {error}") from error
        return self._library.catalogue(config, anew=anew)


def _entry(folder: str, catalogue: SkillCatalogue) -> SkillsListEntry:
    return SkillsListEntry(
        cwd=folder,
        skills=[_on_wire(skill, enabled=skill.path not in catalogue.disabled) for skill in catalogue.skills],
        errors=[SkillErrorInfo(path=one.path, message=one.message) for one in catalogue.problems],
    )


def interface_of(skill: Skill) -> SkillInterface | None:
    """How clients show it."""
    shown = skill.interface
    if shown is None:
        return None
    return SkillInterface.model_validate({to_camel(key): value for key, value in shown.items()})


def _on_wire(skill: Skill, *, enabled: bool) -> SkillMetadata:
    return SkillMetadata(
        name=skill.name,
        description=skill.description,
        short_description=skill.short_description,
        interface=interface_of(skill),
        dependencies=None
        if skill.dependencies is None
        else SkillDependencies.model_validate(skill.dependencies),
        path=skill.path,
        scope=skill.scope,
        enabled=enabled,
        plugin_id=skill.plugin_id,
    )
