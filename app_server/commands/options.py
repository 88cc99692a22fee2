"""Options of a command line, read in the way that the reference's clients expect of it.

argparse will not do: it has no list that an option with `=` ends, no comma as a separator, and other words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_PATHS = ("FILE", "DIR")
"""What stands for values that may not be empty."""


class UsageError(Exception):
    """The command line makes no sense; the text is what follows `error: ` on stderr, exit code 2."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option. `metavar` None makes it a switch."""

    names: tuple[str, ...]
    metavar: str | None = None
    choices: tuple[str, ...] = ()
    repeatable: bool = False
    is_list: bool = False
    """Takes every word up to the next option, and splits each at commas."""

    @property
    def shown(self) -> str:
        """As messages name it: `--sandbox <SANDBOX_MODE>`."""
        dots = "..." if self.is_list else ""
        return f"{self.names[-1]} <{self.metavar}>{dots}" if self.metavar else self.names[-1]


class Words:
    """The words of a command line, taken from the front."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = list(words)
        self._next = 0
        self._only_positional = False

    def tokens(self, options: Sequence[Option]) -> Iterator[tuple[Option | None, str]]:
        """Each option with its value, and each positional word with None, in their order.

        The caller may stop early and go on with other options. Raises UsageError.
        """
        by_name = {name: option for option in options for name in option.names}
        while self._next < len(self._words):
            word = self._take()
            if self._only_positional or word == "-" or not word.startswith("-"):
                yield None, word
            elif word == "--":
                self._only_positional = True
            else:
                yield from self._option(word, by_name)

    def _take(self) -> str:
        self._next += 1
        return self._words[self._next - 1]

    def _option(self, word: str, by_name: dict[str, Option]) -> Iterator[tuple[Option, str]]:
        name, attached = _split(word)
        option = by_name.get(name)
        if option is None or (option.metavar is None and attached is not None):
            raise UsageError(f"unexpected argument '{name}' found")
        if option.metavar is None:
            yield option, ""
            return
        values = [attached] if attached is not None else self._values(option)
        if option.is_list:
            values = [part for value in values for part in value.split(",")]
        if not values or (option.metavar in _PATHS and "" in values):
            raise UsageError(f"a value is required for '{option.shown}' but none was supplied")
        for value in values:
            if option.choices and value not in option.choices:
                possible = f"\n  [possible values: {', '.join(option.choices)}]"
                raise UsageError(f"invalid value '{value}' for '{option.shown}'{possible}")
            yield option, value

    def _values(self, option: Option) -> list[str]:
        values: list[str] = []
        while self._next < len(self._words) and (option.is_list or not values):
            word = self._words[self._next]
            if word.startswith("-") and word != "-":
                break
            values.append(self._take())
        return values


def _split(word: str) -> tuple[str, str | None]:
    """The option's name and the value that is attached to it: `--name=value`, `-nvalue` or `-n=value`."""
    if word.startswith("--"):
        name, equals, value = word.partition("=")
        return name, value if equals else None
    return word[:2], word[2:].removeprefix("=") or None
