"""`generate-json-schema --out DIR [--experimental]` (connection.md §13)."""

from collections.abc import Sequence
from pathlib import Path

from app_server.options import CommandFailure, UsageError


def run(arguments: Sequence[str]) -> int:
    """Write the JSON Schema of the wire into a folder. Raises UsageError or CommandFailure."""
    out: str | None = None
    experimental = False
    waiting = list(reversed(arguments))
    while waiting:
        argument = waiting.pop()
        name, equals, attached = argument.partition("=")
        if name in {"--out", "-o"}:
            if not equals and not waiting:
                raise UsageError("a value is required for '--out <DIR>' but none was supplied")
            out = attached if equals else waiting.pop()
        elif argument == "--experimental":
            experimental = True
        else:
            raise UsageError(f"unexpected argument '{argument}' found")
    if out is None:
        raise UsageError("the following required arguments were not provided:\n  --out <DIR>")
    # The exporter loads every type of the wire.
    from protocol.export.json_schema import write_json_schema

    try:
        write_json_schema(Path(out), experimental)
    except OSError as error:
        raise CommandFailure(f"cannot write to {out}: {error.strerror}") from error
    return 0
