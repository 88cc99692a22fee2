"""Where the other agent keeps things, and where ours go: for the user, and for a project."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import orjson

from app_server.config.home import user_home
from protocol.wire import JsonObject, JsonValue


class Places(NamedTuple):
    """One place of each kind."""

    root: Path
    """The user's folder, or the project's."""
    project: Path | None
    """None: the user's own."""
    source: Path
    """The other agent's folder."""
    instructions: Path
    config: Path
    hooks: Path
    agents: Path
    skills: Path
    agents_md: Path

    @property
    def settings(self) -> JsonObject:
        """What the other agent's settings say; a project's local ones go before those that it shares."""
        found = read_object(self.source / "settings.json")
        if self.project is None:
            return found
        local = read_object(self.source / "settings.local.json")
        merged = {**found, **local}
        for key in ("env", "hooks"):
            one, other = found.get(key), local.get(key)
            if isinstance(one, dict) and isinstance(other, dict):
                merged[key] = {**one, **other}
        return merged


def places_of(
    codex_home: Path, environ: Mapping[str, str], *, home: bool, cwds: Iterable[str]
) -> Iterator[Places]:
    """The user's place if wanted, then that of each project; folders that are not there have none."""
    if home:
        yield user_places(codex_home, environ)
    seen: set[Path] = set()
    for cwd in cwds:
        root = _project_of(Path(cwd))
        if root is not None and root not in seen:
            seen.add(root)
            yield project_places(root)


def user_places(codex_home: Path, environ: Mapping[str, str]) -> Places:
    home = Path(user_home(environ))
    source = home / ".claude"
    return Places(
        root=home,
        project=None,
        source=source,
        instructions=source / "CLAUDE.md",
        config=codex_home / "config.toml",
        hooks=codex_home / "hooks.json",
        agents=codex_home / "agents",
        skills=codex_home.parent / ".agents" / "skills",
        agents_md=codex_home / "AGENTS.md",
    )


def project_places(root: Path) -> Places:
    return Places(
        root=root,
        project=root,
        source=root / ".claude",
        instructions=root / "CLAUDE.md",
        config=root / ".codex" / "config.toml",
        hooks=root / ".codex" / "hooks.json",
        agents=root / ".codex" / "agents",
        skills=root / ".agents" / "skills",
        agents_md=root / "AGENTS.md",
    )


def read_object(file: Path) -> JsonObject:
    """Empty when the file is missing, or holds no object."""
    try:
        value: JsonValue = orjson.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def read_text(file: Path) -> str | None:
    """None when the file is missing, or no text."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _project_of(folder: Path) -> Path | None:
    if not folder.is_dir():
        return None
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), folder)
