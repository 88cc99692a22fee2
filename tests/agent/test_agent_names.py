"""What agents are called: by each other, and by those who watch."""

from random import Random

import pytest

from app_server.agent.subagents import names
from app_server.agent.subagents.nicknames import nickname
from app_server.tools.call import ToolRefusal


@pytest.mark.parametrize(
    ("said_by", "name", "path"),
    [
        ("/root", "a", "/root/a"),
        ("/root/a", "b", "/root/a/b"),
        ("/root/a", "b/c", "/root/a/b/c"),
        ("/root/a", "/root", "/root"),
        ("/root/a", "/root/b", "/root/b"),
    ],
)
def test_names_are_paths(said_by: str, name: str, path: str) -> None:
    assert names.resolve(said_by, name) == path


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "agent path must not be empty"),
        ("../b", "agent_name `..` is reserved"),
        ("x y", "agent_name must use only lowercase letters, digits, and underscores"),
        ("/bad", "absolute agent paths must start with `/root` or be `/morpheus`"),
        ("/rootless", "absolute agent paths must start with `/root` or be `/morpheus`"),
        ("/root/A", "agent_name must use only lowercase letters, digits, and underscores"),
    ],
)
def test_what_is_no_name_is_refused_in_the_known_words(name: str, why: str) -> None:
    with pytest.raises(ToolRefusal) as refused:
        names.resolve("/root", name)

    assert str(refused.value) == why


def test_nobody_in_a_tree_is_called_as_somebody_else() -> None:
    taken: set[str] = set()
    for _ in range(250):
        name = nickname(taken, (), Random(1))
        assert name not in taken
        taken.add(name)

    assert any(name.endswith(" the 2nd") for name in taken)
    assert any(name.endswith(" the 3rd") for name in taken)


def test_a_role_has_names_of_its_own() -> None:
    taken: set[str] = set()
    for _ in range(3):
        taken.add(nickname(taken, ("Uno",), Random(1)))

    assert taken == {"Uno", "Uno the 2nd", "Uno the 3rd"}
