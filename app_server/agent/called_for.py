"""What goes with a user's message because its words call for it: skills, notes on plugins, the tools of apps.

Skills and notes follow the message in the history, and are not shown as items (prompt-input.md §5.4).
"""

from collections.abc import Sequence
from typing import NamedTuple

import anyio.to_thread

from app_server.agent.session import Session
from protocol.input import TextUserInput, UserInput
from protocol.wire import JsonObject


class CalledFor(NamedTuple):
    """The messages in their order, what could not be read, and the ids of the apps that are called."""

    items: tuple[JsonObject, ...] = ()
    warnings: tuple[str, ...] = ()
    apps: frozenset[str] = frozenset()


async def called_for(session: Session, inputs: Sequence[UserInput], cwd: str | None) -> CalledFor:
    """The messages that these inputs call for in a turn. Never raises for what cannot be read.

    `cwd` is the turn's; None: it has no machine.
    """
    from app_server.prompt.mentions import may_mention  # not on the way to a first request upstream

    if not may_mention(inputs):
        return CalledFor()
    return await anyio.to_thread.run_sync(_gather, session, inputs, cwd)


def _gather(session: Session, inputs: Sequence[UserInput], cwd: str | None) -> CalledFor:
    from app_server.agent.apps import accessible_apps, called_in, usable_apps
    from app_server.prompt.mentions import mentioned_app_ids, mentioned_plugins, mentioned_skills
    from app_server.prompt.messages import text_message
    from app_server.prompt.plugins import plugin_note
    from app_server.prompt.skills import skill_item_text
    from app_server.prompt.standing import capabilities

    can = capabilities(session.skills, session.config, cwd)
    skills = can.catalogue.enabled
    items: list[JsonObject] = []
    warnings: list[str] = []
    said = [entry.text for entry in inputs if isinstance(entry, TextUserInput)]
    for skill in mentioned_skills(inputs, skills, [app.slug for app in accessible_apps(session)]):
        try:
            content = skill.read()
        except (OSError, UnicodeDecodeError) as error:
            warnings.append(f"The skill `{skill.name}` cannot be read ({skill.path}): {error}")
            continue
        items.append(text_message("user", [skill_item_text(skill, content)]))
        said.append(content)
    usable = usable_apps(session)
    for plugin in mentioned_plugins(inputs, can.plugins):
        servers = [one.name for one in session.mcp.ready if one.settings.plugin_id == plugin.id]
        apps = [app.shown_name for app in usable if app.id in plugin.manifest.apps]
        note = plugin_note(plugin, skills, servers, apps)
        if note is not None:
            items.append(text_message("developer", [note]))
    called = called_in(said, usable, skills) | mentioned_app_ids(inputs)
    return CalledFor(tuple(items), tuple(warnings), called)
