"""Names in files are snake_case where the wire has camelCase."""

from protocol.wire import JsonValue


def snake_word(word: str) -> str:
    """`codexErrorInfo` → `codex_error_info`; also `CommandExecution` → `command_execution`."""
    return "".join(
        f"_{letter.lower()}" if letter.isupper() and place else letter.lower()
        for place, letter in enumerate(word)
    )


def camel_word(word: str) -> str:
    """`codex_error_info` → `codexErrorInfo`; also `CommandExecution` → `commandExecution`."""
    head, *rest = word.split("_")
    return head[:1].lower() + head[1:] + "".join(part[:1].upper() + part[1:] for part in rest)


def snake_case(value: JsonValue) -> JsonValue:
    """A variant name, or an object whose keys are renamed at every level."""
    if isinstance(value, str):
        return snake_word(value)
    return _renamed(value, to_snake=True)


def camel_case(value: JsonValue) -> JsonValue:
    """The way back."""
    if isinstance(value, str):
        return camel_word(value)
    return _renamed(value, to_snake=False)


def _renamed(value: JsonValue, *, to_snake: bool) -> JsonValue:
    word = snake_word if to_snake else camel_word
    if isinstance(value, dict):
        return {word(key): _renamed(item, to_snake=to_snake) for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, to_snake=to_snake) for item in value]
    return value
