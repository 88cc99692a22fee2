"""The skills part, the warning when it is short, and a skill that is handed over."""

import pytest
from support.skills import skill

from app_server.prompt.skill_listing import SkillListing
from app_server.prompt.skills import listing_for, shortage_warning, skill_item_text, skills_part
from app_server.skills.skill import Scope, SkillCatalogue

WINDOW = 272_000


def test_skills_are_listed_by_scope_then_name_then_path() -> None:
    scopes: tuple[Scope, ...] = ("user", "repo", "admin", "system")
    skills = [skill("b", scope=scope, root=f"/{scope}") for scope in scopes]
    skills += [skill("a", scope="user", root="/z"), skill("a", scope="user", root="/y")]

    listing = listing_for(SkillCatalogue(tuple(skills)), WINDOW)

    assert listing is not None
    assert [line.split("file: ")[1] for line in listing.lines] == [
        "/system/b/SKILL.md)",
        "/admin/b/SKILL.md)",
        "/repo/b/SKILL.md)",
        "/y/a/SKILL.md)",
        "/z/a/SKILL.md)",
        "/user/b/SKILL.md)",
    ]


def test_what_is_off_or_only_for_mentions_is_not_listed() -> None:
    off, hidden = skill("off"), skill("hidden", implicit=False)

    assert listing_for(SkillCatalogue((off, hidden), frozenset([off.path])), WINDOW) is None


def headings(part: str) -> list[str]:
    return [line for line in part.split("\n") if line.startswith(("#", "<", "- `r", "- a"))]


def test_the_part_has_its_headings_in_order() -> None:
    plain = skills_part(SkillListing(("- a: x (file: /a)",)))
    aliased = skills_part(SkillListing(("- a: x (file: r0/a)",), ("- `r0` = `/root`",)))

    assert headings(plain) == [
        "<skills_instructions>",
        "## Skills",
        "### Available skills",
        "- a: x (file: /a)",
        "### How to use skills",
        "</skills_instructions>",
    ]
    assert headings(aliased) == [
        "<skills_instructions>",
        "## Skills",
        "### Skill roots",
        "- `r0` = `/root`",
        "### Available skills",
        "- a: x (file: r0/a)",
        "### How to use skills",
        "</skills_instructions>",
    ]


@pytest.mark.parametrize(
    ("listing", "begins"),
    [
        (SkillListing(("- a",), omitted=2), "Exceeded skills context budget of 2%. "),
        (SkillListing(("- a", "- b"), lost=201), "The descriptions of skills were shortened"),
        (SkillListing(("- a", "- b"), lost=200), None),
    ],
)
def test_users_hear_of_it_when_much_was_lost(listing: SkillListing, begins: str | None) -> None:
    warning = shortage_warning(listing)

    assert (warning is None) if begins is None else (warning or "").startswith(begins)


def test_a_skill_is_handed_over_whole() -> None:
    text = skill_item_text(skill("a"), "---\nname: a\n---\nBody\n")

    assert text == (
        "<skill>\n<name>a</name>\n<path>/roots/one/a/SKILL.md</path>\n---\nname: a\n---\nBody\n\n</skill>"
    )
