"""`request_permissions`: the model asks for rights that later commands then have (tools.md §5)."""

from app_server.tools.context import ToolContext
from app_server.tools.forms import function, parameters, text
from app_server.tools.specs.approval_parameters import permission_profile
from protocol.wire import JsonObject


def request_permissions(_context: ToolContext) -> JsonObject:
    return function(
        "request_permissions",
        "Ask the user for network access or for paths to read or write. What is granted holds for the shell "
        "commands that follow, for the rest of the turn or of the session as the user decides.",
        parameters(
            ["permissions"],
            permissions=permission_profile("What you need."),
            reason=text("One short sentence for the user: what you need it for."),
        ),
    )
