"""`debug prompt-input` on the command line."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from app_server.commands.debug_prompt import PromptInputOptions, load_config, parse, run, user_inputs
from app_server.commands.options import UsageError
from app_server.config.config import Config
from app_server.prompt.prompt import Prompt
from app_server.prompt.user_input import user_message
from protocol.input import LocalImageUserInput, TextUserInput, UserInput

COMMAND = ("debug", "prompt-input")


async def echo(config: Config, inputs: Sequence[UserInput]) -> Prompt:
    """A builder that says only what was put in."""
    return Prompt(input=(user_message(inputs),), instructions="")


async def failing(config: Config, inputs: Sequence[UserInput]) -> Prompt:
    raise LookupError("Model provider `x` not found")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((*COMMAND,), PromptInputOptions()),
        ((*COMMAND, ""), PromptInputOptions(prompt="")),
        ((*COMMAND, "--", "-x"), PromptInputOptions(prompt="-x")),
        (("early", *COMMAND), PromptInputOptions(prompt="early")),
        (("early", *COMMAND, "late"), PromptInputOptions(prompt="late")),
        ((*COMMAND, "a\r\nb\rc"), PromptInputOptions(prompt="a\nb\nc")),
        (("-m=gpt", "-p", "p", *COMMAND), PromptInputOptions(model="gpt", profile="p")),
        (
            ("-s", "read-only", "-a", "never", *COMMAND),
            PromptInputOptions(sandbox="read-only", approval="never"),
        ),
        (("--yolo", *COMMAND), PromptInputOptions(sandbox="danger-full-access", approval="never")),
        (
            ("-C", "d", "--add-dir=e", "--add-dir", "f", *COMMAND),
            PromptInputOptions(cwd="d", add_dirs=("e", "f")),
        ),
        (
            (
                "-c",
                "a=1",
                "debug",
                "-cb=2",
                "prompt-input",
                "--config=c=3",
                "--enable",
                "x",
                "--disable",
                "y",
            ),
            PromptInputOptions(overrides=("a=1", "b=2", "c=3"), enable=("x",), disable=("y",)),
        ),
        (("--search", *COMMAND), PromptInputOptions(overrides=('web_search="live"',))),
        (
            ("-i", "1,2", "3", "-m", "gpt", *COMMAND, "-i4", "-i", "5", "6", "--", "say"),
            PromptInputOptions(model="gpt", images=("1", "2", "3", "4", "5", "6"), prompt="say"),
        ),
        (("--image=1", *COMMAND, "say", "-i", "2"), PromptInputOptions(images=("1", "2"), prompt="say")),
        ((*COMMAND, "--help"), PromptInputOptions(help=True)),
    ],
)
def test_the_command_line_is_understood(words: tuple[str, ...], expected: PromptInputOptions) -> None:
    assert parse(words) == expected


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ((*COMMAND, "--nope"), "unexpected argument '--nope' found"),
        ((*COMMAND, "-zx"), "unexpected argument '-z' found"),
        ((*COMMAND, "-m", "gpt"), "unexpected argument '-m' found"),
        ((*COMMAND, "a", "b"), "unexpected argument 'b' found"),
        (("debug", "nope"), "unrecognized subcommand 'nope'"),
        ((*COMMAND, "-i"), "a value is required for '--image <FILE>...' but none was supplied"),
        ((*COMMAND, "-i", ",x"), "a value is required for '--image <FILE>...' but none was supplied"),
        ((*COMMAND, "-c"), "a value is required for '--config <key=value>' but none was supplied"),
        (("-m", "a", "-m", "b", *COMMAND), "the argument '--model <MODEL>' cannot be used multiple times"),
        (
            ("-s", "bad", *COMMAND),
            (
                "invalid value 'bad' for '--sandbox <SANDBOX_MODE>'\n"
                "  [possible values: read-only, workspace-write, danger-full-access]"
            ),
        ),
        (
            ("-a", "never", "--yolo", *COMMAND),
            (
                "the argument '--ask-for-approval <APPROVAL_POLICY>' cannot be used with "
                "'--dangerously-bypass-approvals-and-sandbox'"
            ),
        ),
    ],
)
def test_a_bad_command_line_is_refused(words: tuple[str, ...], text: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse(words)

    assert str(refused.value) == text


def test_images_come_before_the_prompt_and_keep_their_paths() -> None:
    options = PromptInputOptions(images=("a.png", "../b.png"), prompt="hi")

    assert user_inputs(options) == (
        LocalImageUserInput(path="a.png"),
        LocalImageUserInput(path="../b.png"),
        TextUserInput(text="hi"),
    )
    assert user_inputs(PromptInputOptions()) == ()


def test_added_folders_count_from_the_folder_of_the_thread(codex_home: Path, tmp_path: Path) -> None:
    options = PromptInputOptions(sandbox="workspace-write", cwd=str(tmp_path), add_dirs=("sub/../x", "/opt"))

    config = load_config(options, {"CODEX_HOME": str(codex_home)})

    assert set(config.sandbox.writable_roots) >= {str(tmp_path / "x"), "/opt"}


def test_the_list_is_printed_with_two_spaces_and_raw_text(
    codex_home: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    code = run((*COMMAND, "é\u2028"), echo, {"CODEX_HOME": str(codex_home)})

    items = [{"type": "message", "role": "user", "content": [{"type": "input_text", "text": "é\u2028"}]}]
    assert capfdbinary.readouterr() == (
        (json.dumps(items, indent=2, ensure_ascii=False) + "\n").encode(),
        b"",
    )
    assert code == 0


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((*COMMAND, "--nope"), 2, "error: unexpected argument '--nope' found\n"),
        ((*COMMAND, "-c", "foo"), 1, "Error: Invalid override (missing '='): foo\n"),
        ((*COMMAND, "--enable", "nope"), 1, "Error: Unknown feature flag: nope\n"),
        ((*COMMAND,), 1, "Error: Model provider `x` not found\n"),
        (
            ("--strict-config", *COMMAND),
            1,
            "Error: `--strict-config` is not supported for `codex debug`\n",
        ),
    ],
)
def test_failures_leave_stdout_empty(
    codex_home: Path, capfd: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, told: str
) -> None:
    assert run(words, failing, {"CODEX_HOME": str(codex_home)}) == code

    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith(told)


@pytest.mark.parametrize("view", [(), ("--tree",)])
def test_a_reader_that_has_gone_is_no_defect(codex_home: Path, view: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "app_server", *COMMAND, *view, "x"]
    with open(writing, "wb") as gone:  # noqa: PTH123 - an open descriptor has no path
        done = subprocess.run(
            command,
            stdout=gone,
            stderr=subprocess.PIPE,
            env={**os.environ, "CODEX_HOME": str(codex_home)},
            timeout=50,
            check=False,
        )

    assert (done.returncode, done.stderr) == (1, b"")


def test_help_is_not_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    assert run((*COMMAND, "-h"), failing, {}) == 0
    assert capfd.readouterr().out.startswith("Usage: codex-app-server [OPTIONS] debug prompt-input")
