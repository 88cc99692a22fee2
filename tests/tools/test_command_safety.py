"""Which scripts are taken apart, and which commands are known to only look (tools.md §6.3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_server.tools.approvals.safety import dangerous, known_safe
from app_server.tools.approvals.script import plain_commands


@pytest.mark.parametrize(
    ("script", "commands"),
    [
        ("ls", [["ls"]]),
        ('ls -la \'a b\' "c d" x"y"z 12', [["ls", "-la", "a b", "c d", "xyz", "12"]]),
        ("a && b || c; d | e", [["a"], ["b"], ["c"], ["d"], ["e"]]),
        ("a\nb", [["a"], ["b"]]),
        ("ls *.py ~", [["ls", "*.py", "~"]]),
        ("find . -ex\\ec x", [["find", ".", "-exec", "x"]]),
        ('echo "a\nb" \\\n c', [["echo", "a\nb", "c"]]),
        ('echo "\\$x \\q"', [["echo", "$x \\q"]]),
        ("git show HEAD@{1}", [["git", "show", "HEAD@{1}"]]),
        ('"rm" -rf x', [["rm", "-rf", "x"]]),
    ],
)
def test_plain_commands_are_taken_apart(script: str, commands: list[list[str]]) -> None:
    found = plain_commands(script)

    assert found is not None
    assert [list(words) for words in found] == commands


@pytest.mark.parametrize(
    "script",
    [
        *("ls > x", "ls $X", "ls `x`", 'ls "$(x)"', "(ls)", "{ ls; }", "ls &", "ls # x", "X=1 ls", "! ls"),
        *("ls |& cat", "if a; then b; fi", "for x in y; do z; done", "f() { ls; }", "ls <<< x", "[ -f x ]"),
        *("ls &&", "ls 'a", "", "find . -{exec,x}", "ls {1..3}", "ls <(x)", "ls $'a'", "ls;;", "\ud800"),
    ],
)
def test_nothing_that_the_shell_computes_is_taken_apart(script: str) -> None:
    assert plain_commands(script) is None


@given(st.text(alphabet="ab -\"'\\$`|&;<>(){}\n#*~!=", max_size=30))
def test_no_script_breaks_the_judge(script: str) -> None:
    for words in plain_commands(script) or ():
        assert known_safe(words) in (True, False)
        assert dangerous(words) in (True, False)


def test_a_very_long_script_is_judged_too() -> None:
    assert len(plain_commands(" && ".join(["ls"] * 5_000)) or ()) == 5_000


@pytest.mark.parametrize(
    "command",
    [
        *("cat x", "/usr/bin/cat x", "echo -n", "base64 x", "find . -name x", "rg -n x", "sed -n 1,5p x"),
        *("sed -n 3p", "git status", "git log --oneline", "git diff --exit-code --text", "git branch -a"),
        *("git branch", "git branch --format=x", "tac x"),
    ],
)
def test_what_only_looks_is_known_safe(command: str) -> None:
    assert known_safe(tuple(command.split()))


@pytest.mark.parametrize(
    "command",
    [
        *(
            "touch x",
            "./cat x",
            "/tmp/cat",
            "base64 -o x",
            "base64 --output=x",
            "find . -delete",
            "find -exec x",
        ),
        *("rg --pre x", "rg --pre=x y", "rg -z x", "rg -lz x", "sed -i x", "sed -n p x", "sed -n 1,5p x y"),
        *("git push", "git -C x status", "git -c a=b log", "git diff --output=x", "git diff --outp=x"),
        *("git log --ext-diff", "git branch x", "git branch -D x", "git branch -a x", "git --paginate log"),
    ],
)
def test_what_could_act_is_not(command: str) -> None:
    assert not known_safe(tuple(command.split()))


@pytest.mark.parametrize(
    ("command", "bad"),
    [
        ("rm -rf x", True),
        ("rm -f x", True),
        ("sudo rm -rf x", True),
        ("sudo sudo rm -f x", True),
        ("rm -fr x", False),
        ("rm x -rf", False),
        ("rm", False),
        ("sudo", False),
    ],
)
def test_removing_by_force_is_dangerous(command: str, bad: bool) -> None:
    assert dangerous(tuple(command.split())) is bad
