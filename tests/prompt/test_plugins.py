"""The plugins part, and the note on a plugin that was named."""

import pytest
from support.skills import skill

from app_server.plugins.installed import Plugin
from app_server.plugins.manifest import Manifest
from app_server.prompt.plugins import active_plugins, plugin_note, plugins_part


def plugin(
    name: str,
    *,
    display: str = "",
    description: str | None = None,
    servers: tuple[str, ...] = (),
    apps: tuple[str, ...] = (),
) -> Plugin:
    return Plugin(
        f"{name}@market", "/plugins", Manifest(name, display or name, description, (), servers, apps)
    )


def test_a_plugin_counts_when_it_brings_something() -> None:
    with_skill, with_server, with_app = plugin("a"), plugin("b", servers=("s",)), plugin("c", apps=("x",))
    skills = (skill("a:one", plugin_id="a@market"), skill("other"))

    found = active_plugins((with_skill, with_server, with_app, plugin("nothing")), skills)

    assert found == (with_skill, with_server, with_app)


def test_the_part_lists_names_and_descriptions_on_one_line_each() -> None:
    part = plugins_part(
        [
            plugin("a", display="Shown", description=" some\n words "),
            plugin("b"),
            plugin("c", description="w " * 900),
        ]
    )

    lines = [line for line in part.split("\n") if line.startswith(("<", "#", "- `"))]
    assert lines == [
        "<plugins_instructions>",
        "## Plugins",
        "### Available plugins",
        "- `Shown`: some words",
        "- `b`",
        f"- `c`: {'w ' * 512}",
        "### How to use plugins",
        "</plugins_instructions>",
    ]


@pytest.mark.parametrize(
    ("skills", "servers", "told"),
    [
        ((), (), ()),
        (("a:one",), (), ("`a:`",)),
        ((), ("s1", "s2"), ("`s1`, `s2`",)),
        (("a:one",), ("s1",), ("`a:`", "`s1`")),
    ],
)
def test_the_note_tells_what_there_is(
    skills: tuple[str, ...], servers: tuple[str, ...], told: tuple[str, ...]
) -> None:
    note = plugin_note(
        plugin("a", display="Shown"), [skill(name, plugin_id="a@market") for name in skills], servers
    )

    assert (note is None) == (not told)
    assert all(text in (note or "") for text in (*told, *(["`Shown`"] if told else [])))
