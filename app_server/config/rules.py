"""The user's rules for commands: `*.rules` files beside the layers' config.toml (tools.md §6.4).

They are written in Starlark, of which the part in use is also Python: calls with literal arguments. The text
is parsed and never run. One broken file puts all rules out of force, because a rule that is missing may be
the one that forbids.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from app_server.config.errors import Span, os_error_text

if TYPE_CHECKING:
    from app_server.config.layers import LayerStack

Decision = Literal["allow", "prompt", "forbidden"]
Pattern = tuple[str | tuple[str, ...], ...]
"""The first words of a command; one of them may be a choice of several."""

BROKEN_RULES: Final = "Error parsing rules; custom rules not applied."


class RulesError(Exception):
    """A rules file that cannot be used; `str()` is the whole story, `path` and `span` where it is."""

    def __init__(self, path: Path, reason: str, span: Span | None = None) -> None:
        place = f"{path}:{span.line}:{span.column}" if span else str(path)
        super().__init__(f"failed to parse rules file {place}: {reason}")
        self.path = path
        self.span = span


class PrefixRule(NamedTuple):
    """What holds for every command that begins with these words."""

    pattern: Pattern
    decision: Decision = "allow"
    justification: str | None = None

    def matches(self, words: list[str]) -> bool:
        """Whether a command of these words begins with the pattern."""
        if len(words) < len(self.pattern):
            return False
        pairs = zip(self.pattern, words, strict=False)
        return all(word == wanted if isinstance(wanted, str) else word in wanted for wanted, word in pairs)


class HostExecutable(NamedTuple):
    """Where a program must lie so that rules for its bare name hold for it."""

    name: str
    paths: tuple[str, ...]


class RuleMatch(NamedTuple):
    """A rule that holds for a command, and the words of the command that it is about."""

    rule: PrefixRule
    prefix: tuple[str, ...]


class CommandRules(NamedTuple):
    """All rules in force, lowest precedence first."""

    prefixes: tuple[PrefixRule, ...] = ()
    executables: tuple[HostExecutable, ...] = ()

    @property
    def allowed(self) -> tuple[Pattern, ...]:
        """The prefixes that run without asking."""
        return tuple(rule.pattern for rule in self.prefixes if rule.decision == "allow")

    def matching(self, words: Sequence[str]) -> tuple[RuleMatch, ...]:
        """The rules for a command; for a path without any of its own, those of the bare name."""
        found = self._matching(list(words))
        if found or not words or not words[0].startswith("/"):
            return found
        name = words[0].rpartition("/")[2]
        places = [executable.paths for executable in self.executables if executable.name == name]
        if places and words[0] not in places[-1]:
            return ()
        return self._matching([name, *words[1:]])

    def with_allowed(self, prefix: Sequence[str]) -> "CommandRules":
        """The rules and one more, which allows what begins with these words."""
        return self._replace(prefixes=(*self.prefixes, PrefixRule(tuple(prefix))))

    def _matching(self, words: list[str]) -> tuple[RuleMatch, ...]:
        return tuple(
            RuleMatch(rule, tuple(words[: len(rule.pattern)]))
            for rule in self.prefixes
            if rule.matches(words)
        )


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
