import subprocess
import sys
from pathlib import Path

import pytest

from app_server.cli import parse_command_line
from app_server.options import CommandFailure, Options, UsageError
from app_server.version import PACKAGE_VERSION, WIRE_VERSION

URLS = "expected `stdio://`, `unix://`, `unix://PATH`, `ws://IP:PORT`, or `off`"
WEBSOCKET = "invalid websocket --listen URL `ws://localhost:1`; expected `ws://IP:PORT`"
HELP_HINT = "\n\nFor more information, try '--help'."


def options(*arguments: str) -> dict[str, object]:
    parsed = parse_command_line(arguments)
    untouched = Options()
    return {
        name: getattr(parsed, name)
        for name in Options.__slots__
        if getattr(parsed, name) != getattr(untouched, name)
    }


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), {}),
        (("app-server",), {}),
        (("app-server", "--listen", "stdio://"), {}),
        (("--listen=off",), {"listen": "off"}),
        (("app-server", "--listen", "ws://127.0.0.1:0"), {"listen": "ws://127.0.0.1:0"}),
        (("app-server", "--listen", "ws://[::1]:8080"), {"listen": "ws://[::1]:8080"}),
        (("app-server", "--listen", "unix:///x/y"), {"listen": "unix:///x/y"}),
        (("--listen", "off", "app-server", "--stdio"), {}),
        (
            ("-c", "a=1", "--config", "b.c=2", "app-server", "-cd=3", "--config=e=f=g", "-c=h=5"),
            {"overrides": ("a=1", "b.c=2", "d=3", "e=f=g", "h=5")},
        ),
        (
            ("--enable", "x", "app-server", "--disable=y", "--enable", "z"),
            {"enable": ("x", "z"), "disable": ("y",)},
        ),
        (
            ("app-server", "--analytics-default-enabled", "--strict-config", "--session-source", "cli"),
            {"analytics_default_enabled": True, "strict_config": True, "session_source": "cli"},
        ),
        (
            ("--oss", "app-server", "-c", "model=mine"),
            {"oss": True, "overrides": ("model_provider=ollama", "model=gpt-oss:20b", "model=mine")},
        ),
        (
            ("app-server", "--oss", "--local-provider", "lmstudio"),
            {
                "oss": True,
                "local_provider": "lmstudio",
                "overrides": ("model_provider=lmstudio", "model=openai/gpt-oss-20b"),
            },
        ),
        (("--version",), {"command": "version"}),
        (("app-server", "-h"), {"command": "help"}),
        (
            ("app-server", "generate-json-schema", "--out", "d", "--experimental"),
            {"command": "generate-json-schema", "rest": ("--out", "d", "--experimental")},
        ),
        (
            ("-c", "a=1", "app-server", "generate-ts", "-o", "d"),
            {"command": "generate-ts", "rest": ("-o", "d"), "overrides": ("a=1",)},
        ),
        (("offline", "serve", "--port", "0"), {"command": "offline", "rest": ("serve", "--port", "0")}),
        (
            ("-m", "x", "debug", "prompt-input", "hi"),
            {"command": "debug", "rest": ("-m", "x", "debug", "prompt-input", "hi")},
        ),
        (("--session-source", "debug", "app-server"), {"session_source": "debug"}),
        (
            ("offline", "serve", "--script", "debug"),
            {"command": "offline", "rest": ("serve", "--script", "debug")},
        ),
        (("help",), {"command": "help"}),
        (("help", "generate-ts"), {"command": "generate-ts", "rest": ("--help",)}),
        (("app-server", "--"), {}),
    ],
)
def test_options_stand_before_and_after_the_sub_command(
    arguments: tuple[str, ...], expected: dict[str, object]
) -> None:
    assert options(*arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (
            ("app-server", "--listen", "http://x"),
            f"invalid value 'http://x' for '--listen <URL>': unsupported --listen URL `http://x`; {URLS}",
        ),
        (
            ("--listen=ws://localhost:1",),
            f"invalid value 'ws://localhost:1' for '--listen <URL>': {WEBSOCKET}",
        ),
        (("--listen",), "a value is required for '--listen <URL>' but none was supplied"),
        (("-c",), "a value is required for '--config <key=value>' but none was supplied"),
        (("app-server", "--nope"), "unexpected argument '--nope' found"),
        (("app-server", "extra"), "unrecognized subcommand 'extra'"),
        (("app-server", "app-server"), "unrecognized subcommand 'app-server'"),
    ],
)
def test_a_line_that_makes_no_sense_is_told_as_the_reference_tells_it(
    arguments: tuple[str, ...], problem: str
) -> None:
    with pytest.raises(UsageError) as raised:
        parse_command_line(arguments)

    assert str(raised.value) == f"error: {problem}{HELP_HINT}"


@pytest.mark.parametrize(
    "url", ["ws://1.2.3.4", "ws://1.2.3.4:x", "ws://1.2.3.4:70000", "ws://:1", "ws://::1:1"]
)
def test_a_websocket_address_is_a_literal_ip_and_a_port(url: str) -> None:
    with pytest.raises(UsageError, match="invalid websocket"):
        parse_command_line(["--listen", url])


@pytest.mark.parametrize(
    ("override", "problem"),
    [("foo", "Invalid override (missing '='): foo"), ("=x", "Empty key in override: =x")],
)
def test_an_override_without_a_key_and_value_fails(override: str, problem: str) -> None:
    with pytest.raises(CommandFailure) as raised:
        parse_command_line(["app-server", "-c", override])

    assert str(raised.value) == f"Error: error parsing -c overrides: {problem}"


def run(*arguments: str, **environ: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "app_server", *arguments]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
        env=environ,
        stdin=subprocess.DEVNULL,
    )
    return done.returncode, done.stdout, done.stderr


def test_the_version_names_the_package_and_the_wire() -> None:
    assert run("--version") == (0, f"codex-app-server {PACKAGE_VERSION} (wire {WIRE_VERSION})\n", "")


@pytest.mark.parametrize(
    "words",
    [(), ("app-server",), ("generate-json-schema",), ("generate-ts",), ("debug",), ("debug", "prompt-input")],
)
@pytest.mark.parametrize("asked", ["-h", "--help"])
def test_every_command_tells_its_usage(words: tuple[str, ...], asked: str) -> None:
    code, told, complaint = run(*words, asked)

    assert (code, complaint) == (0, "")
    assert "Usage: codex-app-server " in told
    assert all(f" {word}" in told for word in words)


@pytest.mark.parametrize(
    ("arguments", "environ", "code", "problem"),
    [
        (("app-server", "--nope"), {}, 2, f"error: unexpected argument '--nope' found{HELP_HINT}\n"),
        (
            ("generate-json-schema",),
            {},
            2,
            f"error: the following required arguments were not provided:\n  --out <DIR>{HELP_HINT}\n",
        ),
        (
            ("app-server", "-c", "x"),
            {},
            1,
            "Error: error parsing -c overrides: Invalid override (missing '='): x\n",
        ),
        (
            ("app-server", "--listen", "off"),
            {},
            1,
            "Error: no transport configured; use --listen or enable remote control\n",
        ),
        (
            ("--listen", "ws://127.0.0.1:0"),
            {},
            1,
            "Error: --listen ws://127.0.0.1:0 is not supported yet; use `stdio://`\n",
        ),
        (
            (),
            {"CODEX_HOME": "/nowhere/at/all"},
            1,
            'Error: CODEX_HOME points to "/nowhere/at/all", but that path does not exist\n',
        ),
    ],
)
def test_a_failing_start_says_why_on_stderr_and_nothing_on_stdout(
    arguments: tuple[str, ...], environ: dict[str, str], code: int, problem: str
) -> None:
    assert run(*arguments, **environ) == (code, "", problem)


def test_the_first_stage_loads_nothing_heavy(codex_home: Path) -> None:
    program = "import sys, app_server.startup; print(*sorted(m.partition('.')[0] for m in sys.modules))"

    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=50, check=True
    ).stdout.split()

    heavy = {"asyncio", "anyio", "pydantic", "pydantic_core", "orjson", "argparse", "dataclasses", "inspect"}
    assert heavy & set(loaded) == set()
    assert {"typing", "pathlib", "logging", "tomllib", "subprocess"} & set(loaded) == set()
