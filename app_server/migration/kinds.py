"""The kinds of things that are taken over: whether there is anything of a kind, and what writing it means.

Nothing that is there already is replaced: each kind takes over only what is missing, so that a second time
finds nothing. All of it blocks.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import orjson

from app_server.config.edit import Edit, edited_text
from app_server.config.errors import ConfigError
from app_server.config.toml import TomlError, parse_toml
from app_server.hooks.hook import MOMENTS
from app_server.migration.places import Places, read_object, read_text
from app_server.migration.servers import other_servers
from app_server.migration.words import described, in_our_words
from app_server.platform import replace_private_file
from protocol.wire import JsonObject, JsonValue

_ARGUMENTS: Final = "$ARGUMENTS"


class Found(NamedTuple):
    """What there is of a kind: how it is described, and the names of what it holds, where they are told."""

    description: str
    names: tuple[str, ...] = ()


class Kind(NamedTuple):
    """How one kind is found, and taken over. Both get the places, and the user's folder."""

    find: Callable[[Places, Path], Found | None]
    take_over: Callable[[Places, Path], None]
    """Raises OSError and ConfigError."""


def _find_config(places: Places, _home: Path) -> Found | None:
    edits = _config_edits(places)
    if not edits:
        return None
    return Found(f"Migrate {places.source / 'settings.json'} into {places.config}")


def _take_config(places: Places, _home: Path) -> None:
    _write_config(places, _config_edits(places))


def _config_edits(places: Places) -> list[Edit]:
    """What settings of the other agent mean in config.toml, as far as that says nothing of it yet."""
    settings, now = places.settings, _config(places.config)
    edits: list[Edit] = []
    sandbox, env = settings.get("sandbox"), settings.get("env")
    if isinstance(sandbox, dict) and sandbox.get("enabled") is True and "sandbox_mode" not in now:
        edits.append(Edit(("sandbox_mode",), "workspace-write"))
    texts = (
        {name: value for name, value in env.items() if isinstance(value, str)}
        if isinstance(env, dict)
        else {}
    )
    policy = now.get("shell_environment_policy")
    known = policy if isinstance(policy, dict) else {}
    given = known.get("set")
    missing: JsonObject = {
        name: value for name, value in texts.items() if not isinstance(given, dict) or name not in given
    }
    if missing:
        if "inherit" not in known:
            edits.append(Edit(("shell_environment_policy", "inherit"), "core"))
        edits.append(Edit(("shell_environment_policy", "set"), missing, "upsert"))
    return edits


def _find_servers(places: Places, home: Path) -> Found | None:
    names = tuple(_missing_servers(places, home))
    return Found(f"Migrate MCP servers from {places.root} into {places.config}", names) if names else None


def _take_servers(places: Places, home: Path) -> None:
    servers = _missing_servers(places, home)
    _write_config(places, [Edit(("mcp_servers", name), table) for name, table in servers.items()])


def _missing_servers(places: Places, home: Path) -> dict[str, JsonObject]:
    known = _config(places.config).get("mcp_servers")
    names = known if isinstance(known, dict) else {}
    return {name: table for name, table in other_servers(places, home).items() if name not in names}


def _find_hooks(places: Places, _home: Path) -> Found | None:
    hooks = _hooks(places)
    if not hooks or read_object(places.hooks).get("hooks"):
        return None
    return Found(f"Migrate hooks from {places.source} to {places.hooks}", tuple(hooks))


def _take_hooks(places: Places, _home: Path) -> None:
    hooks = _hooks(places)
    if hooks:
        _write(places, places.hooks, orjson.dumps({"hooks": hooks}, option=orjson.OPT_INDENT_2) + b"\n")


def _hooks(places: Places) -> JsonObject:
    """The commands at moments that we have too."""
    given = places.settings.get("hooks")
    found: JsonObject = {}
    for moment in MOMENTS:
        groups = given.get(moment.name) if isinstance(given, dict) else None
        kept = (
            [_group(group) for group in groups if isinstance(group, dict)] if isinstance(groups, list) else []
        )
        if kept := [group for group in kept if group["hooks"]]:
            found[moment.name] = [*kept]
    return found


def _group(group: JsonObject) -> JsonObject:
    handlers = group.get("hooks")
    kept: list[JsonValue] = [
        {key: one[key] for key in ("type", "command", "timeout") if key in one}
        for one in (handlers if isinstance(handlers, list) else ())
        if isinstance(one, dict) and one.get("type") == "command"
    ]
    matcher = group.get("matcher")
    return {**({"matcher": matcher} if isinstance(matcher, str) and matcher else {}), "hooks": kept}


def _find_skills(places: Places, _home: Path) -> Found | None:
    names = tuple(folder.name for folder in _missing_skills(places))
    return (
        Found(f"Migrate skills from {places.source / 'skills'} to {places.skills}", names) if names else None
    )


def _take_skills(places: Places, _home: Path) -> None:
    for folder in _missing_skills(places):
        target = places.skills / folder.name
        shutil.copytree(folder, target, symlinks=True)
        text = read_text(target / "SKILL.md")
        if text is not None:
            (target / "SKILL.md").write_text(in_our_words(text), encoding="utf-8")


def _missing_skills(places: Places) -> Iterator[Path]:
    for file in sorted((places.source / "skills").glob("*/SKILL.md")):
        if not (places.skills / file.parent.name).exists():
            yield file.parent


def _find_commands(places: Places, _home: Path) -> Found | None:
    names = tuple(_missing_commands(places))
    folder = places.source / "commands"
    return Found(f"Migrate commands from {folder} to {places.skills}", names) if names else None


def _take_commands(places: Places, _home: Path) -> None:
    for name, text in _missing_commands(places).items():
        _write(places, places.skills / name / "SKILL.md", text.encode())


def _missing_commands(places: Places) -> dict[str, str]:
    """Skills by name: a command that takes no arguments, and says what it does, is one."""
    folder, found = places.source / "commands", dict[str, str]()
    for file in sorted(folder.rglob("*.md")):
        text = read_text(file)
        command = described(text) if text is not None and _ARGUMENTS not in text else None
        own = "-".join(file.relative_to(folder).with_suffix("").parts)
        name = f"source-command-{own}"
        if command is None or (places.skills / name).exists():
            continue
        says = orjson.dumps(in_our_words(command.description)).decode()
        found[name] = (
            f'---\nname: "{name}"\ndescription: {says}\n---\n\n# {name}\n\n'
            f"Taken over from another agent's command `{own}`: to be used when the user asks for that.\n\n"
            f"{in_our_words(command.body)}\n"
        )
    return found


def _find_subagents(places: Places, _home: Path) -> Found | None:
    names = tuple(_missing_subagents(places))
    folder = places.source / "agents"
    return Found(f"Migrate subagents from {folder} to {places.agents}", names) if names else None


def _take_subagents(places: Places, _home: Path) -> None:
    for stem, table in _missing_subagents(places).items():
        edits = [Edit((key,), value) for key, value in sorted(table.items())]
        _write(places, places.agents / f"{stem}.toml", edited_text("", edits).encode())


def _missing_subagents(places: Places) -> dict[str, JsonObject]:
    found: dict[str, JsonObject] = {}
    for file in sorted((places.source / "agents").glob("*.md")):
        text = read_text(file)
        agent = None if text is None else described(text)
        if agent is None or not agent.body or (places.agents / f"{file.stem}.toml").exists():
            continue
        found[file.stem] = {
            "name": agent.name or file.stem,
            "description": in_our_words(agent.description),
            "developer_instructions": in_our_words(agent.body),
        }
    return found


def _find_agents_md(places: Places, _home: Path) -> Found | None:
    text = read_text(places.instructions)
    if not (text or "").strip() or (read_text(places.agents_md) or "").strip():
        return None
    return Found(f"Migrate {places.instructions} to {places.agents_md}")


def _take_agents_md(places: Places, home: Path) -> None:
    if _find_agents_md(places, home) is not None:
        _write(places, places.agents_md, in_our_words(read_text(places.instructions) or "").encode())


def _config(file: Path) -> JsonObject:
    try:
        return parse_toml(read_text(file) or "")
    except TomlError as error:
        raise ConfigError(f"{file}: {error}") from error


def _write_config(places: Places, edits: list[Edit]) -> None:
    if edits:
        _write(places, places.config, edited_text(read_text(places.config) or "", edits).encode())


def _write(places: Places, file: Path, data: bytes) -> None:
    """What is the user's own is private; what is a project's is as private as the project."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if places.project is None:
        replace_private_file(file, data)
    else:
        file.write_bytes(data)


KINDS: Final[Mapping[str, Kind]] = {
    "CONFIG": Kind(_find_config, _take_config),
    "MCP_SERVER_CONFIG": Kind(_find_servers, _take_servers),
    "HOOKS": Kind(_find_hooks, _take_hooks),
    "SKILLS": Kind(_find_skills, _take_skills),
    "COMMANDS": Kind(_find_commands, _take_commands),
    "SUBAGENTS": Kind(_find_subagents, _take_subagents),
    "AGENTS_MD": Kind(_find_agents_md, _take_agents_md),
}
"""In the order in which they are told and taken over."""
