"""`codex-app-server`, and `python -m app_server`."""

import gc
import os
import sys

from app_server.cli import (
    FAILURE_EXIT,
    HELP,
    USAGE_EXIT,
    parse_command_line,
    run_subcommand,
    version_text,
)
from app_server.no_plugins import forgo_plugins
from app_server.options import CommandFailure, Options, UsageError

_LAST_LOGS_SECONDS = 0.2


def main() -> int:
    """Run the command line of this process, and return its exit code."""
    try:
        options = parse_command_line(sys.argv[1:])
        if options.command in {"help", "version"}:
            sys.stdout.write(HELP if options.command == "help" else version_text() + "\n")
            return 0
        forgo_plugins()
        if options.command != "app-server":
            return run_subcommand(options)
        return _serve(options)
    except UsageError as error:
        _complain(error)
        return USAGE_EXIT
    except CommandFailure as error:
        _complain(error)
        return FAILURE_EXIT


def _complain(error: Exception) -> None:
    try:
        os.write(2, f"{error}\n".encode("utf-8", "replace"))
    except OSError:
        # We were started without a stderr.
        return


def _serve(options: Options) -> int:
    # What is made while starting stays; looking through it again and again would only delay answers.
    gc.disable()
    from app_server import startup

    begun = startup.begin(options)
    from app_server import log, server

    gc.freeze()
    gc.enable()
    logs = log.log_to_stderr(os.environ)
    code = server.run(begun)
    logs.finish(_LAST_LOGS_SECONDS)
    # Everything is closed and written; the interpreter's own clearing up would only keep a launcher waiting.
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
