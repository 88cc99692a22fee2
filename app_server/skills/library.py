"""All skills of the process: searched once, and again only where something changed."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

# What searching takes is imported when the first search is made, off the way to the first answer.
if TYPE_CHECKING:
    from app_server.config.config import Config
    from app_server.plugins.installed import Plugin
    from app_server.skills.discovery import Search, SkillRoot
    from app_server.skills.skill import Skill, SkillCatalogue

_SCOPES = ("repo", "user", "system", "admin")
_MAX_ROOTS = 256
"""So many roots are remembered; the one searched first is forgotten first."""


class SkillLibrary:
    """Owns what was found in each root. Its methods block; they may be called from any thread."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._lock = threading.Lock()
        self._searched: dict[SkillRoot, Search] = {}
        self._changed = False
        self._extra: tuple[str, ...] = ()
        self._bundled: bool | None = None

    def catalogue(
        self,
        config: "Config",
        plugins: "Sequence[Plugin] | None" = None,
        *,
        anew: bool = False,
        of_project: bool = True,
    ) -> "SkillCatalogue":
        """The skills that a thread with this configuration sees, as they are on disk now.

        `plugins` saves reading them when they are known. `anew` searches even where nothing seems changed.
        `of_project` off leaves out those of the project.
        """
        from app_server.plugins.installed import installed_plugins
        from app_server.skills.roots import skill_roots

        if plugins is None:
            plugins = installed_plugins(config)
        with self._lock:
            self._prepare_bundled(config)
            roots = skill_roots(config, self._environ, plugins, self._extra, of_project=of_project)
            found = [self._search(root, anew=anew) for root in roots]
        return _joined(found, config)

    def set_extra_roots(self, folders: Iterable[str]) -> None:
        """Search these folders too, for all threads, until others are set or the process ends."""
        self._extra = tuple(dict.fromkeys(folders))

    def take_change(self) -> bool:
        """Whether anything has changed in the roots that were searched; each change is told once."""
        with self._lock:
            for root in tuple(self._searched):
                self._search(root, anew=False)
            changed, self._changed = self._changed, False
        return changed

    def _search(self, root: "SkillRoot", *, anew: bool) -> "Search":
        from app_server.skills.discovery import search

        known = self._searched.get(root)
        if known is None or anew or not known.still_holds():
            self._searched.pop(root, None)
            found = self._searched[root] = search(root)
            self._changed |= known is not None and known.seen != found.seen
            if len(self._searched) > _MAX_ROOTS:
                del self._searched[next(iter(self._searched))]
            return found
        return known

    def _prepare_bundled(self, config: "Config") -> None:
        """Install or remove the bundled skills; once, until somebody wants it the other way."""
        from app_server.skills.bundled import install_bundled, remove_bundled
        from app_server.skills.switches import bundled_enabled

        wanted = bundled_enabled(config)
        if wanted != self._bundled:
            self._bundled = wanted
            (install_bundled if wanted else remove_bundled)(config.codex_home)


def _joined(found: "Iterable[Search]", config: "Config") -> "SkillCatalogue":
    """What all roots hold; the same file is one skill, of the root that was searched first."""
    from app_server.skills.skill import SkillCatalogue
    from app_server.skills.switches import disabled, switches

    found = tuple(found)
    skills: dict[str, Skill] = {}
    for skill in (skill for one in found for skill in one.skills):
        skills.setdefault(skill.path, skill)
    ordered = tuple(sorted(skills.values(), key=_order))
    return SkillCatalogue(
        ordered,
        disabled(ordered, switches(config)),
        tuple(problem for one in found for problem in one.problems),
        tuple(dict.fromkeys(one.root for one in found)),
    )


def _order(skill: "Skill") -> tuple[int, str, str]:
    return _SCOPES.index(skill.scope), skill.name, skill.path
