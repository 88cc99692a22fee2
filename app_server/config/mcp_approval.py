"""Writing into the user's config.toml that a tool of an MCP server or an app may be called without asking."""

import os
from collections.abc import MutableMapping
from pathlib import Path
from typing import cast

from app_server.config.errors import ConfigError, os_error_text
from app_server.platform import replace_private_file

_Table = MutableMapping[str, object]


def approve_tool(config_file: Path, owner: tuple[str, str], tool: str) -> None:
    """Set `OWNER.tools.TOOL.approval_mode`, of `mcp_servers.NAME` or `apps.ID`; all else stays as it was.

    Raises ConfigError.
    """
    import tomlkit  # 25 ms, for a rare write
    from tomlkit.exceptions import TOMLKitError

    target = Path(os.path.realpath(config_file))
    try:
        text = target.read_text(encoding="utf-8") if target.exists() else ""
        document = tomlkit.parse(text)
        table: object = document
        path = (*owner, "tools", tool)
        for depth, key in enumerate(path, start=1):
            if not isinstance(table, MutableMapping):
                raise ConfigError(f"`{key}` is not in a table")
            last = depth == len(path)
            table = cast("_Table", table).setdefault(key, tomlkit.table(is_super_table=not last))
        if not isinstance(table, MutableMapping):
            raise ConfigError(f"`{tool}` is not a table")
        cast("_Table", table)["approval_mode"] = "approve"
        replace_private_file(target, tomlkit.dumps(document).encode())
    except OSError as error:
        raise ConfigError(os_error_text(error)) from error
    except (UnicodeDecodeError, TOMLKitError) as error:
        raise ConfigError(str(error)) from error
