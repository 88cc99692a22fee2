"""Patches that a model gives to a shell instead of the tool (tools.md §4.3).

The tools that run commands ask `intercepted` first, and hand what it finds to `patch.apply_patch.apply`.
"""

import os
import re
from typing import Final, NamedTuple

from app_server.tools.approvals.script import plain_commands, script_of
from app_server.tools.call import ToolRefusal
from app_server.tools.patch.apply_patch import Applied
from app_server.tools.patch.language import PatchError, parse_patch

_NAMES: Final = frozenset({"apply_patch", "applypatch"})
_FED: Final = re.compile(
    r"""\s*(?:(?P<cd>cd\s[^\n;|&<>]*?)\s*&&\s*)?(?:apply_patch|applypatch)\s*"""
    r"""<<\s*(?P<quote>['"]?)(?P<end>\w+)(?P=quote)[ \t]*\n(?P<patch>.*?)\n(?P=end)\s*""",
    re.DOTALL,
)


class GivenPatch(NamedTuple):
    """A patch and the folder that it is for."""

    text: str
    cwd: str


def intercepted(argv: tuple[str, ...], cwd: str) -> GivenPatch | None:
    """The patch that a command consists of, if it does. Raises ToolRefusal for a bare patch."""
    if len(argv) == 2 and argv[0] in _NAMES:
        return GivenPatch(argv[1], cwd)
    script = script_of(argv)
    if script is None:
        if len(argv) == 1:
            _refuse_bare(argv[0])
        return None
    _refuse_bare(script.text)
    fed = _FED.fullmatch(script.text)
    if fed is None:
        return None
    if fed["cd"] is None:
        return GivenPatch(fed["patch"], cwd)
    commands = plain_commands(fed["cd"])
    if commands is None or len(commands) != 1 or len(commands[0]) != 2:
        return None
    return GivenPatch(fed["patch"], os.path.join(cwd, commands[0][1]))  # noqa: PTH118 - a text


def output_of(applied: Applied) -> str:
    """What the model reads of a patch that came through a shell."""
    import orjson

    metadata = {"exit_code": applied.exit_code, "duration_seconds": round(applied.seconds, 1)}
    return orjson.dumps({"output": applied.output, "metadata": metadata}).decode()


def _refuse_bare(text: str) -> None:
    if not text.lstrip().startswith("*** Begin Patch"):
        return
    try:
        parse_patch(text)
    except PatchError:
        return
    raise ToolRefusal(
        "apply_patch verification failed: patch detected without explicit call to apply_patch. "
        'Rerun as ["apply_patch", "<patch>"]'
    )
