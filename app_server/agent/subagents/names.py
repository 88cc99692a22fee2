"""The names of agents of the second form: paths from the root of their tree."""

from typing import Final

from app_server.tools.call import ToolRefusal

ROOT: Final = "/root"
_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


def child(parent_path: str, name: str) -> str:
    """The path of a new agent. Raises ToolRefusal for what is no name."""
    return f"{parent_path}/{_checked(name)}"


def parent(path: str) -> str:
    """Whoever started the agent of that path."""
    return path.rpartition("/")[0]


def resolve(own_path: str, name: str) -> str:
    """A path as it is, or one from the agent that says it. Raises ToolRefusal."""
    if not name:
        raise ToolRefusal("agent path must not be empty")
    if name.startswith("/"):
        if name != ROOT and not name.startswith(f"{ROOT}/"):
            raise ToolRefusal("absolute agent paths must start with `/root` or be `/morpheus`")
        base, parts = ROOT, name.split("/")[2:]
    else:
        base, parts = own_path, name.split("/")
    for part in parts:
        base = f"{base}/{_checked(part)}"
    return base


def is_within(path: str, start: str) -> bool:
    """Whether the agent is the one at `start`, or under it."""
    return path == start or path.startswith(f"{start}/")


def _checked(name: str) -> str:
    if name in (".", "..", "root"):
        raise ToolRefusal(f"agent_name `{name}` is reserved")
    if not name or not _LETTERS.issuperset(name):
        raise ToolRefusal("agent_name must use only lowercase letters, digits, and underscores")
    return name
