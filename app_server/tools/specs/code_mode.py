"""`exec` and `wait`: scripts that call the other tools (tools.md §1.2)."""

from typing import Final

from app_server.tools.context import ToolContext
from app_server.tools.forms import boolean, custom, function, number, parameters, text
from protocol.wire import JsonObject

_GRAMMAR: Final = r"""
start: with_settings | script
with_settings: SETTINGS LINE_END CODE
script: CODE

SETTINGS: /[ \t]*\/\/ @exec:[^\r\n]*/
LINE_END: /\r?\n/
CODE: /[\s\S]+/
"""


def run_script(_context: ToolContext) -> JsonObject:
    return custom(
        "exec",
        "Run a script in JavaScript that calls the other tools as functions. The input is the script "
        "itself, neither JSON nor a block of Markdown; a first line `// @exec: {…}` may set options. One "
        "that runs for long answers with the ID of its cell, which `wait` takes.",
        _GRAMMAR,
    )


def wait(_context: ToolContext) -> JsonObject:
    return function(
        "wait",
        "Wait for a script that `exec` left running, and get its output since the last answer.",
        parameters(
            ["cell_id"],
            cell_id=text("The cell."),
            yield_time_ms=number("Milliseconds to wait for more output before you get an answer."),
            max_tokens=number("The most tokens of output to return."),
            terminate=boolean("True to end the script."),
        ),
    )
