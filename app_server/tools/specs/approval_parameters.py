"""The parameters with which a command asks for more than the sandbox allows; every shell tool has them."""

from app_server.tools.context import ToolContext
from app_server.tools.forms import array, boolean, parameters, text
from protocol.wire import JsonObject


def approval_parameters(context: ToolContext) -> dict[str, JsonObject]:
    """By name; what a feature adds is there only with the feature."""
    widened = context.has("exec_permission_approvals")
    choices = (
        "`use_default` (the default) stays in the sandbox; `require_escalated` asks to run outside of it"
    )
    if widened:
        choices += (
            "; `with_additional_permissions` asks to stay in it with the `additional_permissions` given"
        )
    found = {
        "justification": text(
            "One short question to the user that says why the command needs more rights. "
            "Only together with an escalation in `sandbox_permissions`."
        ),
        "prefix_rule": array(
            text(),
            "Only together with an escalation: the first words of the command, as few as make a rule that is "
            'safe to allow from now on, for example ["git", "fetch"].',
        ),
        "sandbox_permissions": text(f"{choices}."),
    }
    if context.allow_login_shell:
        found["login"] = boolean("Whether the shell runs as a login shell. True unless you say otherwise.")
    if widened:
        found["additional_permissions"] = permission_profile(
            "Only with `with_additional_permissions`: what the sandbox is to allow besides."
        )
    return found


def permission_profile(description: str) -> JsonObject:
    """An object that names network and file rights."""
    profile = parameters(
        network=parameters(enabled=boolean("True to ask for network access.")),
        file_system=parameters(
            read=array(text(), "Absolute paths to read."),
            write=array(text(), "Absolute paths to write."),
        ),
    )
    return {**profile, "description": description}
