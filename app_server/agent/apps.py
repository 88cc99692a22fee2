"""The apps of a thread: what a model is told and offered of them, and which of them the user called."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import anyio.to_thread

from app_server.agent.session import Session
from app_server.apps.app import App, app_of, apps_of
from app_server.apps.files import file_parameters, with_paths
from app_server.apps.switches import app_switches
from app_server.mcp.settings import ACCOUNT_SERVER
from app_server.prompt.context import TurnContext
from app_server.prompt.contextual import is_contextual
from app_server.tools.context import McpTool
from protocol.wire import JsonObject

if TYPE_CHECKING:
    from app_server.skills.skill import Skill


def accessible_apps(session: Session) -> tuple[App, ...]:
    """The apps that the account has connected, those that are turned off included."""
    found = (one for one in session.mcp.offering if one.name == ACCOUNT_SERVER)
    return apps_of(tool for connection in found for tool in connection.tools)


def usable_apps(session: Session) -> tuple[App, ...]:
    """Those of them that are on."""
    switches = app_switches(session.config)
    return tuple(app for app in accessible_apps(session) if switches.allows_app(app.id))


def app_tools(
    session: Session, tools: Sequence[JsonObject]
) -> tuple[tuple[McpTool, ...], tuple[McpTool, ...]]:
    """The tools of apps that may be called, and those that may not."""
    switches = app_switches(session.config)
    apps = {app.id: app for app in apps_of(tools)}
    found: list[McpTool] = []
    withheld: list[McpTool] = []
    for listed in tools:
        named, tool = app_of(listed), McpTool.listed(listed)
        app = None if named is None else apps[named.id]
        if app is None or not switches.allows_tool(app.id, tool.name, tool.title, tool.annotations):
            withheld.append(tool._replace(app=app))
            continue
        described = _with_plugins(tool.description, session.app_plugins.get(app.id, ()))
        schema = with_paths(tool.input_schema, file_parameters(tool.meta))
        found.append(tool._replace(app=app, description=described, input_schema=schema))
    return tuple(found), tuple(withheld)


def apps_section(session: Session) -> str | None:
    """What a model is told of apps in general; None when it has none, or is not to be told."""
    if not session.config.include_apps_instructions or not usable_apps(session):
        return None
    from app_server.prompt.apps import apps_part  # off the way to a first request of most threads

    return apps_part()


def still_unknown(session: Session) -> bool:
    """Whether nobody knows yet if there are apps."""
    return ACCOUNT_SERVER in session.mcp.unknown


async def called_before(session: Session, context: TurnContext) -> frozenset[str]:
    """The ids of the apps that the user's messages before this turn have called."""
    apps = usable_apps(session)
    if not apps:
        return frozenset()
    texts = [text for item in session.conversation.history for text in _said(item) if "$" in text]
    if not texts:
        return frozenset()

    cwd = context.cwd if context.environments else None

    def find() -> frozenset[str]:
        from app_server.prompt.standing import capabilities

        return called_in(texts, apps, capabilities(session.skills, session.config, cwd).catalogue.enabled)

    return await anyio.to_thread.run_sync(find)


def called_in(texts: Iterable[str], apps: Sequence[App], skills: Iterable["Skill"]) -> frozenset[str]:
    """The ids of the apps that these texts call: by a link, or by a name that one app and no skill has."""
    from app_server.prompt.mentions import called_names

    links, names = called_names(texts)
    count = Counter(app.slug for app in apps)
    taken = {skill.name.lower() for skill in skills}
    by_name = {app.slug: app.id for app in apps if count[app.slug] == 1 and app.slug not in taken}
    return frozenset(app.id for app in apps if f"app://{app.id}" in links) | {
        by_name[name] for name in names if name in by_name
    }


def _with_plugins(description: str, plugins: Sequence[str]) -> str:
    if not plugins:
        return description
    names = ", ".join(f"`{name}`" for name in plugins)
    kind = "plugin" if len(plugins) == 1 else "plugins"
    return f"{description} (Comes with the {kind} {names}.)".lstrip()


def _said(item: JsonObject) -> Iterable[str]:
    """The texts of a message that a user wrote."""
    if item.get("type") != "message" or item.get("role") != "user" or is_contextual(item):
        return
    content = item.get("content")
    for part in content if isinstance(content, list) else ():
        if isinstance(part, dict) and isinstance(text := part.get("text"), str):
            yield text
