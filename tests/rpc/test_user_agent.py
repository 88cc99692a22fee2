import pytest

from app_server.rpc.user_agent import Identity, is_header_value, terminal
from app_server.version import WIRE_VERSION


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "unknown"),
        ({"TERM": ""}, "unknown"),
        ({"TERM": "dumb"}, "dumb"),
        ({"TERM": " spaced "}, "_spaced_"),
        ({"TERM_PROGRAM": "we ird(x)"}, "we_ird_x_"),
        ({"TERM_PROGRAM": "vscode", "TERM_PROGRAM_VERSION": "1.2"}, "vscode/1.2"),
        ({"TERM_PROGRAM": "a", "TERM_PROGRAM_VERSION": ""}, "a"),
        ({"TERM_PROGRAM": "", "TERM": "x"}, "x"),
        ({"WEZTERM_VERSION": "2024", "ITERM_PROFILE": "1"}, "WezTerm/2024"),
        ({"WEZTERM_VERSION": ""}, "WezTerm"),
        ({"ITERM_SESSION_ID": "1", "KITTY_WINDOW_ID": "5"}, "iTerm.app"),
        ({"TERM_SESSION_ID": "1"}, "Apple_Terminal"),
        ({"TERM": "xterm-kitty", "VTE_VERSION": "1"}, "kitty"),
        ({"TERM": "alacritty"}, "Alacritty"),
        ({"KONSOLE_VERSION": "22"}, "Konsole/22"),
        ({"GNOME_TERMINAL_SCREEN": "1", "VTE_VERSION": "7"}, "gnome-terminal"),
        ({"VTE_VERSION": "7000"}, "VTE/7000"),
        ({"WT_SESSION": "1", "TERM": "x"}, "WindowsTerminal"),
    ],
)
def test_the_terminal_is_named_as_its_variables_say(environ: dict[str, str], expected: str) -> None:
    assert terminal(environ) == expected


def identity(**environ: str) -> Identity:
    return Identity(environ, "Debian 12.0.0; x86_64")


def test_the_first_client_is_the_originator_and_the_last_one_the_suffix() -> None:
    ours = identity(TERM="xterm")
    before = ours.user_agent
    ours.introduce("c0", "2")
    ours.introduce("c1", "1")

    assert before == f"codex_cli_rs/{WIRE_VERSION} (Debian 12.0.0; x86_64) xterm"
    assert ours.user_agent == f"c0/{WIRE_VERSION} (Debian 12.0.0; x86_64) xterm (c1; 1)"
    assert ours.originator == "c0"


@pytest.mark.parametrize(("override", "originator"), [("ovr", "ovr"), ("o\x01", "codex_cli_rs"), ("", "")])
def test_an_override_is_the_originator_whoever_comes(override: str, originator: str) -> None:
    ours = identity(CODEX_INTERNAL_ORIGINATOR_OVERRIDE=override)

    ours.introduce("c0", "1")

    assert ours.originator == originator


@pytest.mark.parametrize(
    ("name", "version", "end"),
    [("c", "", "unknown (c;)"), ("ünï", "☃", "unknown (ünï; ☃)"), ("a\tb", "1\n2", "unknown (a_b; 1_2)")],
)
def test_a_user_agent_is_always_a_legal_header(name: str, version: str, end: str) -> None:
    ours = identity()

    ours.introduce(name, version)

    assert ours.user_agent.endswith(end)
    assert is_header_value(ours.user_agent)
