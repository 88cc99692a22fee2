"""The user's rules for commands, and how they match (tools.md §6.4)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal, NamedTuple

from app_server.config.errors import Span

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
