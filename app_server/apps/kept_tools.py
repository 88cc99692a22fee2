"""What the account's server listed when it was last asked, in the file that the reference keeps too.

So a thread has its apps at once, and goes on having them while the server cannot be reached.
"""

import logging
from collections.abc import Sequence
from hashlib import sha1
from pathlib import Path
from typing import Final, Protocol

import orjson

from app_server.apps.app import App, app_of
from app_server.apps.naming import namespace_of, short_name
from app_server.platform import replace_private_file
from protocol.wire import JsonObject, JsonValue

logger = logging.getLogger("app_server.apps")

_VERSION: Final = 2
_WORKSPACES: Final = frozenset(
    {"team", "business", "enterprise", "edu", "self_serve_business_usage_based", "enterprise_cbp_usage_based"}
)


class Owner(Protocol):
    """Whose tools they are."""

    @property
    def account_id(self) -> str | None: ...

    @property
    def user_id(self) -> str | None: ...

    @property
    def plan(self) -> str: ...


class KeptTools:
    """One account's file."""

    def __init__(self, codex_home: Path, owner: Owner) -> None:
        known = {
            "account_id": owner.account_id,
            "chatgpt_user_id": owner.user_id,
            "is_workspace_account": owner.plan in _WORKSPACES,
        }
        name = sha1(orjson.dumps(known), usedforsecurity=False).hexdigest()
        self._file = codex_home / "cache" / "codex_apps_tools" / f"{name}.json"

    def load(self) -> tuple[JsonObject, ...]:
        """The tools as their server lists them; none when nothing usable is kept. Blocks."""
        try:
            kept: JsonValue = orjson.loads(self._file.read_bytes())
        except (OSError, ValueError):
            return ()
        rows = (
            kept.get("tools") if isinstance(kept, dict) and kept.get("schema_version") == _VERSION else None
        )
        tools = (row.get("tool") for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()
        return tuple(tool for tool in tools if isinstance(tool, dict) and isinstance(tool.get("name"), str))

    def save(self, tools: Sequence[JsonObject]) -> None:
        """Keep these from now on; a disk that refuses costs only the head start. Blocks."""
        rows = [_row(tool, app) for tool in tools if (app := app_of(tool)) is not None]
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            replace_private_file(self._file, orjson.dumps({"schema_version": _VERSION, "tools": rows}))
        except (OSError, TypeError) as error:  # or a text that is no Unicode
            logger.warning("the tools of apps were not kept: %s", error)


def _row(tool: JsonObject, app: App) -> JsonObject:
    name = str(tool["name"])
    return {
        "server_name": "codex_apps",
        "supports_parallel_tool_calls": False,
        "server_origin": None,
        "tool_name": short_name(name, app),
        "tool_namespace": namespace_of("codex_apps", app),
        "namespace_description": app.description,
        "tool": tool,
        "connector_id": app.id,
        "connector_name": app.name,
        "plugin_display_names": [],
    }
