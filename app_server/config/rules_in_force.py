"""The user's rules for commands: `*.rules` files beside the layers' config.toml (tools.md §6.4).

They are written in Starlark, of which the part in use is also Python: calls with literal arguments. The text
is parsed and never run. One broken file puts all rules out of force, because a rule that is missing may be
the one that forbids.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from app_server.config.errors import os_error_text
from app_server.config.rules import CommandRules, RulesError

if TYPE_CHECKING:
    from app_server.config.layers import LayerStack


def load_rules(stack: "LayerStack") -> CommandRules:
    """Read the rules of all layers that count. Raises RulesError for the first broken file. Blocks."""
    read = [_rules_of(path) for path in _files(stack)]
    return CommandRules(
        tuple(rule for rules in read for rule in rules.prefixes),
        tuple(executable for rules in read for executable in rules.executables),
    )


def rules_in_force(stack: "LayerStack") -> CommandRules:
    """`load_rules`, without any rule when a file is broken."""
    try:
        return load_rules(stack)
    except RulesError:
        return CommandRules()


def _files(stack: "LayerStack") -> Iterator[Path]:
    for layer in stack.enabled():
        file = layer.source.file
        if file is None or layer.source.type not in ("system", "user", "project"):
            continue
        try:
            names = sorted(path.name for path in (file.parent / "rules").iterdir())
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise RulesError(file.parent / "rules", os_error_text(error)) from error
        paths = (file.parent / "rules" / name for name in names if name.endswith(".rules"))
        yield from (path for path in paths if path.is_file())


def _rules_of(path: Path) -> CommandRules:
    from app_server.config.rules_file import parse_rules  # few homes have such files

    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise RulesError(path, os_error_text(error)) from error
    except UnicodeDecodeError as error:
        raise RulesError(path, "it is not UTF-8") from error
    return parse_rules(text, path)
