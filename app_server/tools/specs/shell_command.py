"""`shell_command`: one command, run to its end (tools.md §3.2)."""

from app_server.tools.context import ToolContext
from app_server.tools.forms import function, number, parameters, text
from app_server.tools.specs.approval_parameters import approval_parameters
from protocol.wire import JsonObject


def shell_command(context: ToolContext) -> JsonObject:
    return function(
        "shell_command",
        "Run a script in the user's shell, wait for its end and get its output. Name the folder in `workdir` "
        "rather than with `cd`.",
        parameters(
            ["command"],
            command=text("The script."),
            workdir=text("The folder to run in. Default: that of the turn."),
            timeout_ms=number("Milliseconds after which the command is killed. Default 10000."),
            **approval_parameters(context),
        ),
    )
