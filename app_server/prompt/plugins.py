"""The plugins part, and the note that goes with a plugin that the user named (prompt-input.md §2.6, §5.4)."""

from collections.abc import Iterable, Sequence

from app_server.plugins.installed import Plugin
from app_server.prompt.texts import template
from app_server.skills.skill import Skill

_MAX_DESCRIPTION = 1_024


def active_plugins(plugins: Iterable[Plugin], skills: Sequence[Skill]) -> tuple[Plugin, ...]:
    """Those that bring something that can be used. `skills` are all that are on."""
    return tuple(plugin for plugin in plugins if _brings_anything(plugin, skills))


def plugins_part(plugins: Iterable[Plugin]) -> str:
    """The whole part with its tags. There has to be a plugin."""
    lines = ["<plugins_instructions>", "## Plugins", template("plugins_intro"), "### Available plugins"]
    lines += [_line(plugin) for plugin in plugins]
    lines += ["### How to use plugins", template("plugins_how_to"), "</plugins_instructions>"]
    return "\n".join(lines)


def plugin_note(
    plugin: Plugin, skills: Sequence[Skill], servers: Sequence[str] = (), apps: Sequence[str] = ()
) -> str | None:
    """What a named plugin has to offer; None when that is nothing.

    `servers` are the MCP servers that run and that the plugin brought, `apps` the names of those of its apps
    that can be used.
    """
    offers: list[str] = []
    if _has_skill(plugin, skills):
        offers.append(f"- skills, whose names begin with `{plugin.manifest.name}:`")
    if servers:
        offers.append(f"- MCP servers: {', '.join(f'`{name}`' for name in servers)}")
    if apps:
        offers.append(f"- apps: {', '.join(f'`{name}`' for name in apps)}")
    if not offers:
        return None
    intro = f"The user named the plugin `{plugin.manifest.display_name}`. It brings:"
    return "\n".join([intro, *offers, "Prefer these for this task."])


def _brings_anything(plugin: Plugin, skills: Sequence[Skill]) -> bool:
    return bool(plugin.manifest.mcp_servers or plugin.manifest.apps) or _has_skill(plugin, skills)


def _has_skill(plugin: Plugin, skills: Sequence[Skill]) -> bool:
    return any(skill.plugin_id == plugin.id for skill in skills)


def _line(plugin: Plugin) -> str:
    description = " ".join((plugin.manifest.description or "").split())[:_MAX_DESCRIPTION]
    name = f"- `{plugin.manifest.display_name}`"
    return f"{name}: {description}" if description else name
