"""`[apps.ID]` and `[apps._default]`: which apps and tools may be used, and how calls are approved."""

from typing import Final, NamedTuple

from app_server.config.config import Config
from app_server.mcp.settings import ApprovalMode
from protocol.wire import JsonObject, JsonValue

_DEFAULTS: Final = "_default"


class AppSwitches(NamedTuple):
    """What the configuration says, over what a tool says of itself."""

    tables: JsonObject
    """`apps` as it was read and checked."""

    def allows_app(self, app_id: str) -> bool:
        """Whether an app is on. One that has a table of its own does not take `_default` for that."""
        table = self._app(app_id)
        return _flag(_table(self.tables.get(_DEFAULTS)) if table is None else table, "enabled") is not False

    def allows_tool(self, app_id: str, tool: str, title: str | None, annotations: JsonValue) -> bool:
        """Whether a tool of an app may be called: by what is said of it, of the app's tools, of its kind."""
        if not self.allows_app(app_id):
            return False
        app = self._app(app_id) or {}
        for said in (_flag(_tool(app, tool, title), "enabled"), _flag(app, "default_tools_enabled")):
            if said is not None:
                return said
        hints = _table(annotations)
        kinds = (("destructive_enabled", "destructiveHint"), ("open_world_enabled", "openWorldHint"))
        return all(
            self._allows_kind(app, key) or hints.get(hint) is False  # what says nothing counts as both
            for key, hint in kinds
        )

    def approval_of(self, app_id: str, tool: str, title: str | None) -> ApprovalMode:
        """How calls of a tool are approved."""
        app = self._app(app_id) or {}
        said = (
            _tool(app, tool, title).get("approval_mode"),
            app.get("default_tools_approval_mode"),
            _table(self.tables.get(_DEFAULTS)).get("default_tools_approval_mode"),
        )
        for mode in said:
            if mode in ("auto", "prompt", "approve"):
                return mode
        return "auto"

    def _app(self, app_id: str) -> JsonObject | None:
        table = self.tables.get(app_id)
        return table if isinstance(table, dict) else None

    def _allows_kind(self, app: JsonObject, key: str) -> bool:
        own = _flag(app, key)
        return (own if own is not None else _flag(_table(self.tables.get(_DEFAULTS)), key)) is not False


def app_switches(config: Config) -> AppSwitches:
    """What the configuration says of apps."""
    return AppSwitches(config.table("apps"))


def _tool(app: JsonObject, tool: str, title: str | None) -> JsonObject:
    """What is said of a tool, by its name or by its title."""
    tools = _table(app.get("tools"))
    return _table(tools.get(tool)) or _table(tools.get(title or ""))


def _flag(table: JsonObject, key: str) -> bool | None:
    value = table.get(key)
    return value if isinstance(value, bool) else None


def _table(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) else {}
