"""Which skills are listed, and how much of each description, so that the list keeps to its budget.

Pure functions (prompt-input.md §4.3): descriptions go first, then skills; short names for the roots are tried
when anything would be lost.
"""

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from app_server.model.cutting import estimated_tokens
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


def list_skills(
    skills: Sequence[Skill],
    roots: Sequence[str],
    budget: Budget,
    marketplaces: Mapping[str, str] | None = None,
) -> SkillListing:
    """These skills, in their order, within the budget.

    `roots` are in the order of their search; `marketplaces` are the folders of plugins' marketplaces, by the
    plugin's id.
    """
    plain = _fit([_Entry(skill.name, skill.description, _shown(skill.path)) for skill in skills], budget)
    if not plain.omitted and not plain.lost:
        return plain
    aliased = _aliased(skills, _folders_to_name(skills, roots, marketplaces or {}), budget)
    return plain if aliased is None or _rank(plain) <= _rank(aliased) else aliased


def _rank(listing: SkillListing) -> tuple[int, int, int]:
    """Less is better: skills left out, characters lost, cost."""
    return listing.omitted, listing.lost, listing.cost


def _folders_to_name(
    skills: Sequence[Skill], roots: Sequence[str], marketplaces: Mapping[str, str]
) -> dict[str, str]:
    """Which folder gets a short name for each root in use, in the order of their search.

    It is the root itself; but of a plugin with a single listed skill it is its marketplace's folder, which
    several such plugins share.
    """
    count = Counter(skill.plugin_id for skill in skills)
    plugin_of = {skill.root: skill.plugin_id for skill in skills}
    named: dict[str, str] = {}
    for root in (root for root in roots if root in plugin_of):
        plugin = plugin_of[root]
        shared = marketplaces.get(plugin) if plugin is not None and count[plugin] == 1 else None
        named[root] = shared or root
    return named


def _aliased(skills: Sequence[Skill], folders: dict[str, str], budget: Budget) -> SkillListing | None:
    """The list with short names for folders; None when telling what they mean costs the whole budget."""
    names = {folder: f"r{number}" for number, folder in enumerate(dict.fromkeys(folders.values()))}
    lines = tuple(f"- `{name}` = `{_shown(folder)}`" for folder, name in names.items())
    longer = _ALIASED_BODY + sum(_size(line, in_tokens=budget.in_tokens) + 1 for line in lines)
    extra = max(0, budget.of_size(longer) - budget.of_size(_PLAIN_BODY))
    if extra >= budget.limit:
        return None
    entries: list[_Entry] = []
    for skill in skills:
        folder = folders[skill.root]
        rest = _inside(skill.path, folder)  # a link may have led out of it
        place = _shown(skill.path) if rest is None else f"{names[folder]}/{_shown(rest)}"
        entries.append(_Entry(skill.name, skill.description, place))
    found = _fit(entries, budget._replace(limit=budget.limit - extra))
    return found._replace(roots=lines, cost=found.cost + extra)


def _inside(path: str, folder: str) -> str | None:
    """The path as seen from the folder; None when it is not in there."""
    start = folder.rstrip(os.sep) + os.sep
    return path[len(start) :] if path.startswith(start) else None


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
