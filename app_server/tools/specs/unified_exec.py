"""`exec_command` and `write_stdin`: commands in sessions that can go on and be written to (tools.md §3.3)."""

from app_server.tools.context import ToolContext
from app_server.tools.forms import boolean, function, number, parameters, text
from app_server.tools.specs.approval_parameters import approval_parameters
from protocol.wire import JsonObject

_YIELD = "Milliseconds to wait for output before you get an answer. Default {}."
_MAX_OUTPUT = "The most tokens of output to return; the middle of anything longer is cut out. Default 10000."


def exec_command(context: ToolContext) -> JsonObject:
    place: dict[str, JsonObject] = {}
    if context.environments > 1:
        place["environment_id"] = text("Which environment to run in. Default: the primary one.")
    return function(
        "exec_command",
        "Run a command in a shell. Answers with its output, or, when it is still running, with the output so "
        "far and the ID of a session that `write_stdin` can write to and read from.",
        parameters(
            ["cmd"],
            cmd=text("The command, as a line of shell."),
            workdir=text(
                "The folder to run in. Default: that of the turn; a relative one counts from there."
            ),
            shell=text("The shell to run it in. Default: the user's."),
            tty=boolean(
                "True to run it in a terminal, which keeps its input open and lets interactive programs "
                "work. Default false: plain pipes and no input."
            ),
            yield_time_ms=number(_YIELD.format(10000)),
            max_output_tokens=number(_MAX_OUTPUT),
            **place,
            **approval_parameters(context),
        ),
    )


def write_stdin(_context: ToolContext) -> JsonObject:
    return function(
        "write_stdin",
        "Write to a session that `exec_command` left running, and get the output that came since the last "
        "answer. Write nothing to look how far it is.",
        parameters(
            ["session_id"],
            session_id=number("The ID of the session."),
            chars=text("What to write, control characters included. Default: nothing."),
            yield_time_ms=number(_YIELD.format(250)),
            max_output_tokens=number(_MAX_OUTPUT),
        ),
    )
