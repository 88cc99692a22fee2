"""Which skills are listed, and how much of each description, so that the list keeps to its budget.

Pure functions (prompt-input.md §4.3): descriptions go first, then skills; short names for the roots are tried
when anything would be lost.
"""

import os
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from app_server.prompt.truncation import estimated_tokens
from app_server.skills.skill import Skill

_PERCENT: Final = 2
_CHARACTERS: Final = 8_000
# What the text around the lines weighs in the reference, in bytes. The choice between the two forms of the
# list depends on the difference, and a list has to come out the same whoever's words are around it.
_PLAIN_BODY: Final = 2_296
_ALIASED_BODY: Final = 2_469


class Budget(NamedTuple):
    """How much the lines may cost: tokens, or characters where the model's window is not known."""

    limit: int
    in_tokens: bool = True

    @classmethod
    def of_window(cls, tokens: int | None) -> "Budget":
        """A fiftieth of the model's context window."""
        if tokens is None:
            return cls(_CHARACTERS, in_tokens=False)
        return cls(max(1, tokens * _PERCENT // 100))

    def cost(self, line: str) -> int:
        """What a line costs, with the end of the line."""
        return self.of_size(_size(line, in_tokens=self.in_tokens) + 1)

    def of_size(self, size: int) -> int:
        """The cost of a text of so many bytes (or characters)."""
        return estimated_tokens(size) if self.in_tokens else size


class SkillListing(NamedTuple):
    """The lines, and what they cost the reader."""

    lines: tuple[str, ...]
    roots: tuple[str, ...] = ()
    """The lines that say what the short names of roots stand for; none: the paths are whole."""
    omitted: int = 0
    """Skills that are not listed."""
    lost: int = 0
    """Characters of descriptions that are not shown, of all listed skills together."""
    cost: int = 0


class _Entry(NamedTuple):
    name: str
    description: str
    place: str

    def line(self, shown: int) -> str:
        """The line with so many characters of the description."""
        text = f" {self.description[:shown]}" if shown else ""
        return f"- {self.name}:{text} (file: {self.place})"


def list_skills(skills: Sequence[Skill], roots: Sequence[str], budget: Budget) -> SkillListing:
    """These skills, in their order, within the budget. `roots` are in the order of their search."""
    plain = _fit([_Entry(skill.name, skill.description, _shown(skill.path)) for skill in skills], budget)
    if not plain.omitted and not plain.lost:
        return plain
    aliased = _aliased(skills, roots, budget)
    return plain if aliased is None or _rank(plain) <= _rank(aliased) else aliased


def _rank(listing: SkillListing) -> tuple[int, int, int]:
    """Less is better: skills left out, characters lost, cost."""
    return listing.omitted, listing.lost, listing.cost


def _aliased(skills: Sequence[Skill], roots: Sequence[str], budget: Budget) -> SkillListing | None:
    """The list with short names for roots; None when saying what they stand for costs the whole budget."""
    used = {root for skill in skills if (root := _root_of(skill, roots)) is not None}
    names = {root: f"r{number}" for number, root in enumerate(root for root in roots if root in used)}
    lines = tuple(f"- `{name}` = `{_shown(root)}`" for root, name in names.items())
    longer = _ALIASED_BODY + sum(_size(line, in_tokens=budget.in_tokens) + 1 for line in lines)
    extra = max(0, budget.of_size(longer) - budget.of_size(_PLAIN_BODY))
    if extra >= budget.limit:
        return None
    entries = [_Entry(skill.name, skill.description, _place(skill, roots, names)) for skill in skills]
    found = _fit(entries, budget._replace(limit=budget.limit - extra))
    return found._replace(roots=lines, cost=found.cost + extra)


def _root_of(skill: Skill, roots: Sequence[str]) -> str | None:
    """The root that the skill's path begins with; the deepest, where roots lie in each other."""
    around = [root for root in roots if skill.path.startswith(root.rstrip(os.sep) + os.sep)]
    return max(around, key=len, default=None)


def _place(skill: Skill, roots: Sequence[str], names: dict[str, str]) -> str:
    root = _root_of(skill, roots)
    if root is None:
        return _shown(skill.path)
    return f"{names[root]}/{_shown(skill.path[len(root.rstrip(os.sep)) + 1 :])}"


def _fit(entries: Sequence[_Entry], budget: Budget) -> SkillListing:
    whole = [entry.line(len(entry.description)) for entry in entries]
    cost = sum(map(budget.cost, whole))
    if cost <= budget.limit:
        return SkillListing(tuple(whole), cost=cost)
    bare = [budget.cost(entry.line(0)) for entry in entries]
    if sum(bare) <= budget.limit:
        return _with_descriptions_cut(entries, budget)
    left = budget.limit
    kept: list[str] = []
    lost = 0
    for entry, price in zip(entries, bare, strict=True):
        if price <= left:
            left -= price
            lost += len(entry.description)
            kept.append(entry.line(0))
    return SkillListing(tuple(kept), omitted=len(entries) - len(kept), lost=lost, cost=budget.limit - left)


def _with_descriptions_cut(entries: Sequence[_Entry], budget: Budget) -> SkillListing:
    """Every skill, and of the descriptions as much as fits: a character for each in turn."""
    size: Callable[[str], int] = lambda text: _size(text, in_tokens=budget.in_tokens)  # noqa: E731 - one use
    sizes = [size(entry.line(0)) + 1 for entry in entries]
    left = budget.limit - sum(map(budget.of_size, sizes))
    shown = [0] * len(entries)
    growing = [index for index, entry in enumerate(entries) if entry.description]
    while growing:
        still: list[int] = []
        for index in growing:
            character = entries[index].description[shown[index]]
            longer = sizes[index] + size(character) + (1 if shown[index] == 0 else 0)
            price = budget.of_size(longer) - budget.of_size(sizes[index])
            if price > left:
                continue
            left -= price
            sizes[index] = longer
            shown[index] += 1
            if shown[index] < len(entries[index].description):
                still.append(index)
        growing = still
    lines = tuple(entry.line(count) for entry, count in zip(entries, shown, strict=True))
    lost = sum(len(entry.description) - count for entry, count in zip(entries, shown, strict=True))
    return SkillListing(lines, lost=lost, cost=budget.limit - left)


def _size(text: str, *, in_tokens: bool) -> int:
    return len(text.encode("utf-8", "surrogatepass")) if in_tokens else len(text)


def _shown(path: str) -> str:
    return path.replace("\\", "/") if os.sep == "\\" else path
