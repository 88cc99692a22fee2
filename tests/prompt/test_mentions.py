"""Which words of a user call for a skill or a plugin; each case is the reference's."""

import pytest
from support.skills import skill

from app_server.plugins.installed import Plugin
from app_server.plugins.manifest import Manifest
from app_server.prompt.mentions import may_mention, mentioned_plugins, mentioned_skills
from protocol.input import MentionUserInput, SkillUserInput, TextUserInput, UserInput

ALPHA, BETA = "/roots/one/alpha/SKILL.md", "/roots/one/beta/SKILL.md"
SKILLS = (
    skill("repo", scope="repo"),
    skill("-x"),
    skill("9"),
    skill("_y"),
    skill("a:b"),
    skill("alpha"),
    skill("beta"),
    skill("dup", root="/roots/one"),
    skill("dup", root="/roots/two"),
    skill("path"),
    skill("x:"),
)


def named(*inputs: UserInput | str) -> list[str]:
    said = [TextUserInput(text=entry) if isinstance(entry, str) else entry for entry in inputs]
    return [found.name for found in mentioned_skills(said, SKILLS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("use $alpha and $beta", ["alpha", "beta"]),
        ("$beta $repo $alpha", ["repo", "alpha", "beta"]),
        ("$alpha $alpha", ["alpha"]),
        ("$dup", []),
        ("$PATH $path $Path", []),
        ("$nothing", []),
        ("$a:b $-x $_y $9 $x:", ["-x", "9", "_y", "a:b", "x:"]),
        ("x$alpha", ["alpha"]),
        ("\\$alpha", ["alpha"]),
        ("$alphaé", ["alpha"]),
        ("$alpha:", []),
        ("$alpha.md ($beta)", ["alpha", "beta"]),
        ("$$alpha$beta", ["alpha", "beta"]),
        ("$ alpha ${alpha} $ALPHA", []),
        ("`$beta`\n```\n$alpha\n```", ["alpha", "beta"]),
        ("[$alpha]", ["alpha"]),
        ("[$alpha]()", ["alpha"]),
        (f"[$any]({ALPHA}) and [$other](skill://{BETA})", ["alpha", "beta"]),
        (f"[$any] ( {ALPHA} )", ["alpha"]),
        (f"$alpha [$any]({BETA})", ["beta", "alpha"]),
        ("[$alpha](/nowhere/SKILL.md)", []),
        ("[$beta](/nowhere) $beta", ["beta"]),
        (f"[$PATH]({ALPHA})", []),
        (f"[any]({ALPHA}) [@any]({ALPHA}) [$]({ALPHA}) [$é]({ALPHA})", []),
        (f'[$any](<{ALPHA}>) [$any]({ALPHA} "title") [$any](file://{ALPHA}) [$any](SKILL://{ALPHA})', []),
        (f"[[$any]({ALPHA})]", ["alpha"]),
    ],
)
def test_a_text_calls_for_skills(text: str, expected: list[str]) -> None:
    assert named(text) == expected


def test_inputs_of_their_own_come_first_in_their_order() -> None:
    beta, alpha = SkillUserInput(name="zzz", path=BETA), SkillUserInput(name="alpha", path=ALPHA)

    assert named("$repo", beta, alpha, beta) == ["beta", "alpha", "repo"]


def test_an_input_settles_its_name_even_when_its_path_leads_nowhere() -> None:
    assert named("$alpha $beta", SkillUserInput(name="alpha", path="/nowhere")) == ["beta"]


def test_each_text_is_looked_at_in_its_turn() -> None:
    assert named("$beta", "$alpha $beta") == ["beta", "alpha"]


def test_an_app_of_the_same_name_goes_before_a_skill() -> None:
    assert mentioned_skills([TextUserInput(text="$alpha")], SKILLS, {"alpha"}) == ()


def plugin(plugin_id: str) -> Plugin:
    return Plugin(plugin_id, "/plugins", Manifest(plugin_id.partition("@")[0], "Shown", None, (), (), ()))


@pytest.mark.parametrize(
    "said",
    [
        TextUserInput(text="use [@any](plugin://one@market) and [@two](plugin://gone@market)"),
        MentionUserInput(name="any", path="plugin://one@market"),
    ],
)
def test_plugins_are_named_by_link_or_mention(said: UserInput) -> None:
    one, two = plugin("one@market"), plugin("two@market")

    assert mentioned_plugins([said, said], (one, two)) == (one,)


def test_a_dollar_names_no_plugin() -> None:
    assert (
        mentioned_plugins([TextUserInput(text="[$one](plugin://one@market)")], (plugin("one@market"),)) == ()
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (TextUserInput(text="plain words [and](links)"), False),
        (TextUserInput(text="$alpha"), True),
        (TextUserInput(text="[@one](plugin://one@market)"), True),
        (SkillUserInput(name="a", path="/a"), True),
        (MentionUserInput(name="a", path="app://a"), True),
    ],
)
def test_plain_input_is_known_without_a_look_at_the_skills(said: UserInput, expected: bool) -> None:
    assert may_mention([said]) is expected
