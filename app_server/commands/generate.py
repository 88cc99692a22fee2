"""`generate-json-schema` and `generate-ts`: the wire's types for other languages (connection.md §13)."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app_server.options import CommandFailure, UsageError

_HELP = """\
{what}

Usage: codex-app-server {usage} [OPTIONS]

Options:
  -o, --out <DIR>                Where to: a folder, which is created
{more}      --experimental             Include what only clients with `experimentalApi` may use
  -c, --config <key=value>       Accepted, as is the next line, for launchers that pass them everywhere
      --enable, --disable <FEATURE>
  -h, --help                     Print this
"""
_JSON_HELP = _HELP.format(
    what="Write the wire's types as JSON Schema (draft-07): a file for each, and bundles of all.",
    usage="generate-json-schema --out <DIR>",
    more="",
)
_TYPESCRIPT_HELP = _HELP.format(
    what="Write the wire's types as TypeScript.",
    usage="generate-ts --out <DIR>",
    more="  -p, --prettier <BIN>           Have this Prettier format what is written\n",
)
_PASSED_OVER = {"-c": "key=value", "--config": "key=value", "--enable": "FEATURE", "--disable": "FEATURE"}
"""Options of every command that change nothing here; with their values."""


@dataclass(frozen=True, slots=True)
class _Request:
    """What the arguments ask for."""

    out: Path
    prettier: str | None
    experimental: bool


def json_schema(arguments: Sequence[str]) -> int:
    """`--out DIR [--experimental]`: write the JSON Schemas into a folder, which is created.

    Raises UsageError or CommandFailure.
    """
    request = _read(arguments, {"--out": "DIR"})
    if request is None:
        sys.stdout.write(_JSON_HELP)
        return 0
    # The exporter loads every type of the wire.
    from protocol.export.json_schema import write_json_schema

    try:
        write_json_schema(request.out, request.experimental)
    except OSError as error:
        raise _no_output(request.out, error) from error
    return 0


def typescript(arguments: Sequence[str]) -> int:
    """`--out DIR [--prettier BIN] [--experimental]`: write TypeScript, and let a Prettier format it.

    Raises UsageError or CommandFailure.
    """
    request = _read(arguments, {"--out": "DIR", "--prettier": "PRETTIER_BIN"})
    if request is None:
        sys.stdout.write(_TYPESCRIPT_HELP)
        return 0
    # As above.
    from protocol.export.typescript import write_typescript

    try:
        written = write_typescript(request.out, request.experimental)
    except OSError as error:
        raise _no_output(request.out, error) from error
    if request.prettier is not None:
        _format(request.prettier, written)
    return 0


def _read(arguments: Sequence[str], valued: dict[str, str]) -> _Request | None:
    """`valued`: the options that take a value, each with its name for that. None when only help is wanted."""
    full_names = {name[1:3]: name for name in valued}
    valued = _PASSED_OVER | valued
    values: dict[str, str] = {}
    experimental = False
    waiting = list(reversed(arguments))
    while waiting:
        argument = waiting.pop()
        name, equals, attached = argument.partition("=")
        name = full_names.get(name, name)
        if name in valued:
            if not equals and not waiting:
                raise UsageError(f"a value is required for '{name} <{valued[name]}>' but none was supplied")
            values[name] = attached if equals else waiting.pop()
        elif argument in {"-h", "--help"}:
            return None
        elif argument == "--experimental":
            experimental = True
        else:
            raise UsageError(f"unexpected argument '{argument}' found")
    if "--out" not in values:
        raise UsageError("the following required arguments were not provided:\n  --out <DIR>")
    return _Request(Path(values["--out"]), values.get("--prettier"), experimental)


def _no_output(out: Path, error: OSError) -> CommandFailure:
    return CommandFailure(f"cannot write to {out}: {error.strerror}")


def _format(prettier: str, files: Sequence[Path]) -> None:
    import subprocess  # no other generator starts a process

    command = [prettier, "--write", "--log-level", "warn", *map(str, files)]
    try:
        # What it says goes to stderr, where all is that is said to people.
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=2, check=False)  # noqa: S603 - asked for
    except OSError as error:
        raise CommandFailure(f"Failed to invoke Prettier at {prettier}: {error.strerror}") from error
    if done.returncode != 0:
        raise CommandFailure(f"Prettier failed with status {done.returncode}")
