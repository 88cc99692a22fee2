"""Notes in the history that the user never wrote: they tell the model what happened outside its sight."""

from app_server.prompt.messages import text_message
from app_server.prompt.texts import template
from protocol.wire import JsonObject


def turn_aborted_message() -> JsonObject:
    """Recorded when a turn is interrupted: what ran may be half done (prompt-input.md §6.3)."""
    return text_message("user", [f"<turn_aborted>\n{template('turn_aborted')}\n</turn_aborted>"])


def user_shell_command_message(command: str, exit_code: int, seconds: float, output: str) -> JsonObject:
    """Recorded when the user ran a command of their own; `seconds` is shown with four decimals."""
    result = f"Exit code: {exit_code}\nDuration: {seconds:.4f} seconds\nOutput:\n{output}"
    body = f"<command>\n{command}\n</command>\n<result>\n{result}\n</result>"
    return text_message("user", [f"<user_shell_command>\n{body}\n</user_shell_command>"])
