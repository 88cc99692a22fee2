"""Rules for commands: parsed and never run; one broken file puts all of them out of force."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.machine import Machine

from app_server.config.errors import Span
from app_server.config.rules import CommandRules, PrefixRule, RulesError
from app_server.config.rules_file import parse_rules
from app_server.config.rules_in_force import load_rules, rules_in_force

FILE = Path("/rules/default.rules")


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("", ()),
        ('"""A note."""\n# more\npass', ()),
        ('prefix_rule(pattern=["git", "status"])', (PrefixRule(("git", "status")),)),
        ('prefix_rule(["ls"], "prompt")', (PrefixRule(("ls",), "prompt"),)),
        (
            (
                'prefix_rule(\n    pattern = ["a", ["b", "c"], ["d"]],\n'
                '    decision = "forbidden",\n    justification = "why",\n)'
            ),
            (PrefixRule(("a", ("b", "c"), "d"), "forbidden", "why"),),
        ),
        (
            'prefix_rule(pattern=[["npm", "pnpm"], "run"])',
            (PrefixRule(("npm", "run")), PrefixRule(("pnpm", "run"))),
        ),
        (
            'TOOLS = ["make", "just"]\nprefix_rule(pattern=[TOOLS, "te" + "st"])',
            (PrefixRule(("make", "test")), PrefixRule(("just", "test"))),
        ),
        (
            'prefix_rule(pattern=["git"], match=["git log", ["git", "a b"]], not_match=["gitk", "hg git"])',
            (PrefixRule(("git",)),),
        ),
        ('host_executable(name="git", paths=["/usr/bin/git"])', ()),
        ('network_rule(host="a.x", protocol="https", decision="allow")', ()),
    ],
)
def test_a_file_is_read(text: str, rules: tuple[PrefixRule, ...]) -> None:
    assert parse_rules(text, FILE).prefixes == rules


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("prefix_rule(", "1:12: '(' was never closed"),
        ("x.y()", "1:1: there is no rule ``"),
        ("nothing()", "1:1: there is no rule `nothing`"),
        ("prefix_rule()", "1:1: `prefix_rule` needs `pattern`"),
        ("prefix_rule(pattern=[])", "1:1: invalid pattern: it must be a list that is not empty"),
        ('prefix_rule(pattern="git")', "1:1: invalid pattern: it must be a list that is not empty"),
        (
            "prefix_rule(pattern=[1])",
            "1:1: invalid pattern: a word must be a text, or a list of texts to choose from",
        ),
        (
            "prefix_rule(pattern=[[]])",
            "1:1: invalid pattern: a word must be a text, or a list of texts to choose from",
        ),
        ('prefix_rule(pattern=["a"], decision="maybe")', "1:1: invalid decision: maybe"),
        (
            'prefix_rule(pattern=["a"], justification=" ")',
            "1:1: invalid justification: it must be a text that is not blank",
        ),
        (
            'prefix_rule(pattern=["a"], more=1)',
            "1:28: `prefix_rule` has no argument `more`, or has it already",
        ),
        (
            'prefix_rule(["a"], pattern=["b"])',
            "1:20: `prefix_rule` has no argument `pattern`, or has it already",
        ),
        ('prefix_rule(["a"], "allow", [], [], "w", 1)', "1:1: too many arguments for `prefix_rule`"),
        ('prefix_rule(pattern=["a"], match=["b"])', "1:1: the example `b` does not match the pattern"),
        ('prefix_rule(pattern=["a"], not_match=["a b"])', "1:1: the example `a b` matches the pattern"),
        (
            'prefix_rule(pattern=["a"], match=["\'"])',
            "1:1: the example `'` cannot be split: No closing quotation",
        ),
        ('prefix_rule(pattern=["a"], match="a")', "1:1: `match` must be a list of examples"),
        ('prefix_rule(pattern=["a"], match=[""])', "1:1: an example must be a command that is not empty"),
        (
            "\nfor x in y:\n    pass",
            "2:1: only calls of rules and names for literals can stand here",
        ),
        (
            'prefix_rule(pattern=[__import__("os").name])',
            "1:22: only texts, lists and names for them can stand here",
        ),
        ('prefix_rule(pattern=["a" + ["b"]])', "1:22: only two texts or two lists can be added"),
        ("import os", "1:1: only calls of rules and names for literals can stand here"),
    ],
)
def test_a_broken_file_says_what_and_where(text: str, reason: str) -> None:
    with pytest.raises(RulesError) as broken:
        parse_rules(text, FILE)

    assert str(broken.value) == f"failed to parse rules file {FILE}:{reason}"


@given(st.text(max_size=60))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    with contextlib.suppress(RulesError):
        parse_rules(text, FILE)


def test_files_of_all_layers_count_lowest_first_and_by_name(machine: Machine) -> None:
    project = machine.project()
    (project / ".codex").mkdir()
    machine.write('prefix_rule(["system"])', machine.system / "rules" / "a.rules")
    machine.write('prefix_rule(["user-b"])', machine.home / "rules" / "b.rules")
    machine.write('prefix_rule(["user-a"], "prompt")', machine.home / "rules" / "a.rules")
    machine.write("nonsense(", machine.home / "rules" / "a.txt")
    machine.write('prefix_rule(["project"])', project / ".codex" / "rules" / "a.rules")

    trusted = machine.load(machine.decide("trusted", project), cwd=project)
    undecided = machine.load("", cwd=project)

    assert load_rules(trusted.stack).allowed == (("system",), ("user-b",), ("project",))
    assert load_rules(undecided.stack).allowed == (("system",), ("user-b",))


def test_one_broken_file_puts_all_rules_out_of_force_and_is_told_at_the_start(machine: Machine) -> None:
    machine.write('prefix_rule(["fine"])', machine.home / "rules" / "a.rules")
    path = machine.write('prefix_rule(["x"],\n  decision="no")', machine.home / "rules" / "b.rules")
    config = machine.load()

    warnings = machine.loader().startup().warnings

    assert rules_in_force(config.stack) == CommandRules()
    assert [warning._asdict() for warning in warnings] == [
        {
            "summary": "Error parsing rules; custom rules not applied.",
            "details": f"failed to parse rules file {path}:1:1: invalid decision: no",
            "path": str(path),
            "range": {"start": {"line": 1, "column": 1}, "end": {"line": 2, "column": 16}},
        }
    ]


def test_a_file_that_cannot_be_read_is_broken(machine: Machine) -> None:
    file = machine.home / "rules" / "a.rules"
    file.parent.mkdir()
    file.write_bytes(b"\xff")

    with pytest.raises(RulesError) as broken:
        load_rules(machine.load().stack)

    assert str(broken.value) == f"failed to parse rules file {file}: it is not UTF-8"
    assert (broken.value.path, broken.value.span) == (file, None)


def test_the_span_of_a_syntax_error_is_where_the_parser_stumbled() -> None:
    with pytest.raises(RulesError) as broken:
        parse_rules("ok = 1\nprefix_rule(]", FILE)

    assert broken.value.span == Span(2, 13, 2, 14)
