"""Where a thread's skills come from (prompt-input.md §4.1)."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from app_server.config.config import Config
from app_server.config.home import user_home
from app_server.config.trust import project_root
from app_server.plugins.installed import Plugin
from app_server.skills.bundled import BUNDLED_FOLDER
from app_server.skills.discovery import SkillRoot
from app_server.skills.switches import bundled_enabled


def skill_roots(
    config: Config,
    environ: Mapping[str, str],
    plugins: Sequence[Plugin] = (),
    extra: Sequence[str] = (),
    *,
    of_project: bool = True,
) -> tuple[SkillRoot, ...]:
    """All roots in the order in which they are searched, whether they exist or not.

    `of_project` off leaves out those of the project and of its folders.
    """
    home = str(config.codex_home)
    folders = _project_folders(config) if of_project else []
    roots = [SkillRoot(os.path.join(folder, "skills"), "repo") for folder in folders]
    roots.append(SkillRoot(os.path.join(home, "skills"), "user"))
    roots.append(SkillRoot(os.path.join(user_home(environ), ".agents", "skills"), "user"))
    if bundled_enabled(config):
        roots.append(SkillRoot(os.path.join(home, BUNDLED_FOLDER), "system"))
    roots += [SkillRoot(os.path.join(folder, "skills"), "admin") for folder in _system_folders(config)]
    brought = ((folder, plugin.id) for plugin in plugins for folder in plugin.manifest.skill_folders)
    roots += [SkillRoot(folder, "user", plugin_id) for folder, plugin_id in sorted(brought)]
    roots += [SkillRoot(folder, "user") for folder in extra]
    above = _above(config) if of_project else []
    roots += [SkillRoot(os.path.join(folder, ".agents", "skills"), "repo") for folder in above]
    return tuple(dict.fromkeys(roots))


def _project_folders(config: Config) -> list[Path]:
    """The `.codex` folders of the project, deepest first. Trust does not matter here."""
    layers = (layer.source for layer in config.stack.layers if layer.source.type == "project")
    return [source.path for source in layers if source.path is not None][::-1]


def _system_folders(config: Config) -> list[Path]:
    """Where the administrator's config.toml is, or would be."""
    layers = (layer.source for layer in config.stack.layers if layer.source.type == "system")
    return [source.path.parent for source in layers if source.path is not None]


def _above(config: Config) -> list[Path]:
    """From the project's root down to cwd."""
    cwd = Path(os.path.realpath(config.cwd))
    root = project_root(cwd, config.project_root_markers)
    return [folder for folder in (cwd, *cwd.parents) if folder.is_relative_to(root)][::-1]
