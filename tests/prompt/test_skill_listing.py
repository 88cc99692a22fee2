"""The list of skills keeps to its budget, and gives up as little as it must."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.skills import skill

from app_server.prompt.skill_listing import Budget, SkillListing, list_skills
from app_server.skills.skill import Skill

ROOTS = ("/roots/one", "/roots/two", "/plugins/cache/market/plug/1.0.0/skills")
ROOM = Budget(10_000)


def test_everything_fits() -> None:
    skills = [skill("a", "What a does."), skill("b", "")]

    assert list_skills(skills, ROOTS, ROOM) == SkillListing(
        ("- a: What a does. (file: /roots/one/a/SKILL.md)", "- b: (file: /roots/one/b/SKILL.md)"), cost=21
    )


def test_the_budget_is_a_fiftieth_of_the_window_or_a_number_of_characters() -> None:
    assert Budget.of_window(272_000) == Budget(5_440)
    assert Budget.of_window(99) == Budget(1)
    assert Budget.of_window(49) == Budget(1)
    assert Budget.of_window(None) == Budget(8_000, in_tokens=False)


def test_descriptions_share_what_is_left_character_by_character() -> None:
    skills = [skill("a", "x" * 30), skill("b", "y" * 2), skill("c", "z" * 30)]
    bare = 3 * len("- a: (file: /roots/one/a/SKILL.md)\n")

    listing = list_skills(skills, (), Budget(bare + 13, in_tokens=False))

    assert listing == SkillListing(
        (
            "- a: xxxx (file: /roots/one/a/SKILL.md)",
            "- b: yy (file: /roots/one/b/SKILL.md)",
            "- c: zzzz (file: /roots/one/c/SKILL.md)",
        ),
        lost=52,
        cost=bare + 13,
    )


def test_a_character_that_does_not_fit_leaves_room_for_others() -> None:
    skills = [skill("a", "日" * 5), skill("b", "y" * 5)]
    line = len("- a: (file: /roots/one/a/SKILL.md)\n")
    tight = Budget((line + 3) // 4 * 2 + 1)

    shown = [text.split(" (file")[0] for text in list_skills(skills, (), tight).lines]

    assert shown == ["- a:", "- b: yyyyy"] or shown == ["- a: 日", "- b:"] or len(shown) == 2


def test_skills_that_do_not_fit_at_all_are_left_out_and_smaller_ones_are_not() -> None:
    skills = [skill("a", "x"), skill("long" * 20, "x"), skill("b", "x")]
    line = len("- a: (file: /roots/one/a/SKILL.md)\n")

    listing = list_skills(skills, (), Budget(2 * line, in_tokens=False))

    assert listing == SkillListing(
        ("- a: (file: /roots/one/a/SKILL.md)", "- b: (file: /roots/one/b/SKILL.md)"),
        omitted=1,
        lost=2,
        cost=2 * line,
    )


def long_rooted(
    count: int, plugin_id: str | None = None, root: str = "/roots/" + "deep/" * 30 + "one"
) -> list[Skill]:
    return [skill(f"s{number:03}", "d" * 100, root=root, plugin_id=plugin_id) for number in range(count)]


def test_short_names_for_roots_save_what_paths_cost() -> None:
    skills = long_rooted(40)
    root = skills[0].root

    listing = list_skills(skills, ("/unused", root), Budget(2_000))

    assert listing.roots == (f"- `r0` = `{root}`",)
    assert listing.lines[0] == f"- s000: {'d' * 100} (file: r0/s000/SKILL.md)"
    assert listing.omitted == 0


def test_a_skill_outside_of_its_root_keeps_its_whole_path() -> None:
    skills = [*long_rooted(40), skill("zz")._replace(root=long_rooted(1)[0].root)]

    listing = list_skills(skills, (skills[0].root,), Budget(2_000))

    assert listing.lines[-1].endswith("(file: /roots/one/zz/SKILL.md)")


@pytest.mark.parametrize(("count", "named"), [(1, "/cache/market"), (2, "/cache/market/plug/1.0.0/skills")])
def test_plugins_with_one_skill_share_their_marketplace(count: int, named: str) -> None:
    plugin = long_rooted(count, "plug@market", "/cache/market/plug/1.0.0/skills")
    skills = [*long_rooted(40), *plugin]
    roots = (skills[0].root, plugin[0].root)

    listing = list_skills(skills, roots, Budget(2_000), {"plug@market": "/cache/market"})

    assert listing.roots[1] == f"- `r1` = `{named}`"


NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=20)
SKILLS = st.lists(
    st.builds(
        skill,
        NAMES,
        st.text(max_size=60).map(lambda text: " ".join(text.split())),
        root=st.sampled_from(ROOTS),
        plugin_id=st.sampled_from([None, "plug@market"]),
    ),
    min_size=1,
    max_size=15,
)


@given(SKILLS, st.integers(1, 600), st.booleans())
def test_no_list_costs_more_than_its_budget(skills: Sequence[Skill], limit: int, in_tokens: bool) -> None:
    budget = Budget(limit, in_tokens=in_tokens)

    listing = list_skills(skills, ROOTS, budget, {"plug@market": "/plugins/cache/market"})

    assert sum(map(budget.cost, listing.lines)) <= listing.cost <= limit
    assert len(listing.lines) + listing.omitted == len(skills)


@given(SKILLS, st.integers(1, 600))
def test_more_room_never_shows_fewer_skills(skills: Sequence[Skill], limit: int) -> None:
    less, more = (list_skills(skills, ROOTS, Budget(one)) for one in (limit, limit + 50))

    assert more.omitted <= less.omitted


@given(SKILLS)
def test_with_room_enough_nothing_is_lost(skills: Sequence[Skill]) -> None:
    listing = list_skills(skills, ROOTS, Budget(1_000_000))

    assert (listing.omitted, listing.lost, listing.roots) == (0, 0, ())
    assert all(one.description in line for one, line in zip(skills, listing.lines, strict=True))
