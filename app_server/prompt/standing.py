"""What a model is told once of the machine's skills, plugins and memories, and never in updates."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from app_server.config.config import Config
from app_server.plugins.installed import Plugin, installed_plugins
from app_server.prompt.context import StandingSections
from app_server.prompt.memories import memories_section
from app_server.prompt.plugins import active_plugins, plugins_part
from app_server.prompt.skills import listing_for, shortage_warning, skills_part
from app_server.skills.library import SkillLibrary
from app_server.skills.skill import SkillCatalogue
from app_server.skills.switches import listing_enabled


class Capabilities(NamedTuple):
    """The skills and plugins that a thread can use at this moment."""

    catalogue: SkillCatalogue
    plugins: tuple[Plugin, ...]


def capabilities(library: SkillLibrary, config: Config, cwd: str | None) -> Capabilities:
    """Look at the disk, as far as anything has changed. Blocks.

    `cwd` is the turn's; None: it has no machine, and the skills of the project are out of sight.
    """
    plugins = installed_plugins(config)
    seen = config if cwd is None else replace(config, cwd=Path(cwd))
    return Capabilities(library.catalogue(seen, plugins, of_project=cwd is not None), plugins)


def standing_sections(
    library: SkillLibrary, config: Config, context_window: int | None, *, memories: bool, cwd: str | None
) -> StandingSections:
    """The sections for a model with this window, in tokens. Blocks.

    `memories` is off for the private thread of a debug call, as in the reference.
    """
    can = capabilities(library, config, cwd)
    listing = listing_for(can.catalogue, context_window, can.plugins) if listing_enabled(config) else None
    plugins = active_plugins(can.plugins, can.catalogue.enabled)
    remembers = (
        memories and config.feature("memories") and config.table("memories").get("use_memories") is not False
    )
    return StandingSections(
        skills=None if listing is None else skills_part(listing),
        plugins=plugins_part(plugins) if plugins else None,
        memories=memories_section(config.codex_home / "memories") if remembers else None,
        warning=None if listing is None else shortage_warning(listing),
    )
