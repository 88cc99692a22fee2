"""The environment block says where commands run and what day it is."""

from app_server.prompt.environment import Environment, NetworkRules, environment_context

ONE = (Environment("local", "/w<&>", "zsh"),)


def test_one_environment_is_told_with_its_folder_unescaped() -> None:
    text = environment_context(environments=ONE, current_date="2026-05-04", timezone="Europe/Paris")

    assert text == (
        "<environment_context>\n  <cwd>/w<&></cwd>\n  <shell>zsh</shell>\n"
        "  <current_date>2026-05-04</current_date>\n  <timezone>Europe/Paris</timezone>\n"
        "</environment_context>"
    )


def test_without_environment_there_is_no_folder_and_no_shell() -> None:
    text = environment_context(environments=(), current_date="2026-05-04", timezone=None)

    assert text == "<environment_context>\n  <current_date>2026-05-04</current_date>\n</environment_context>"


def test_several_environments_get_a_block_each() -> None:
    places = (Environment("a", "/a", "bash"), Environment("b", "/b", "sh"))

    text = environment_context(environments=places, current_date=None, timezone=None)

    assert text == (
        "<environment_context>\n  <environments>\n"
        '    <environment id="a">\n      <cwd>/a</cwd>\n      <shell>bash</shell>\n    </environment>\n'
        '    <environment id="b">\n      <cwd>/b</cwd>\n      <shell>sh</shell>\n    </environment>\n'
        "  </environments>\n</environment_context>"
    )


def test_network_rules_are_sorted_and_an_empty_side_is_left_out() -> None:
    def line(rules: NetworkRules) -> str:
        text = environment_context(environments=(), current_date=None, timezone=None, network=rules)
        return text.splitlines()[1]

    assert line(NetworkRules(("b.x", "a.x"), ("c.x",))) == (
        '  <network enabled="true"><allowed>a.x,b.x</allowed><denied>c.x</denied></network>'
    )
    assert line(NetworkRules(denied=("c",))) == '  <network enabled="true"><denied>c</denied></network>'
    assert line(NetworkRules()) == '  <network enabled="true"></network>'


def test_living_children_come_last() -> None:
    text = environment_context(
        environments=(), current_date=None, timezone=None, subagents=("- /root/a: Ada", "- /root/b")
    )

    assert text == (
        "<environment_context>\n  <subagents>\n    - /root/a: Ada\n    - /root/b\n  </subagents>\n"
        "</environment_context>"
    )
