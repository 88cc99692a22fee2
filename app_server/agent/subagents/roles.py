"""The kinds of agent there are: three of ours, and those of the `agents` table (tools.md §12)."""

from pathlib import Path
from typing import Final, NamedTuple

from app_server.config.agents import role_tables
from app_server.config.config import Config
from app_server.config.toml import TomlError, read_toml_file
from app_server.tools.call import ToolRefusal
from protocol.wire import JsonObject, JsonValue

DEFAULT: Final = "default"
BUILT_IN: Final = (DEFAULT, "explorer", "worker")
_OF_THE_ROLE: Final = ("name", "description", "nickname_candidates")


class Role(NamedTuple):
    """`values` are settings that its agents have instead of those of whoever starts them."""

    name: str
    nicknames: tuple[str, ...] = ()
    values: JsonObject | None = None
    folder: Path | None = None
    """Where relative paths in `values` begin."""


def role_named(config: Config, name: str) -> Role:
    """Reads the role's own file. Raises ToolRefusal for one that there is not, or that cannot be read."""
    table = role_tables(config).get(name)
    if table is None:
        if name in BUILT_IN:
            return Role(name)
        raise ToolRefusal(f"unknown agent_type '{name}'")
    candidates, file = table.get("nickname_candidates"), table.get("config_file")
    if not isinstance(file, str):
        return Role(name, _strings(candidates))
    try:
        values = read_toml_file(Path(file))
    except (OSError, TomlError) as error:
        raise ToolRefusal("agent type is currently not available") from error
    if not values:
        raise ToolRefusal("agent type is currently not available")
    own = _strings(values.get("nickname_candidates"))
    settings = {key: value for key, value in values.items() if key not in _OF_THE_ROLE}
    return Role(name, own or _strings(candidates), settings, Path(file).parent)


def _strings(value: JsonValue) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()
