"""A thread item in the form in which an `item_completed` line holds it; `recorded_items` reads it back."""

from app_server.store.casing import snake_case, snake_word
from protocol.wire import JsonObject


def recorded_form(item: JsonObject) -> JsonObject:
    """The tag in PascalCase, keys in snake_case, a duration in seconds and nanoseconds; no empty members."""
    kind = str(item.get("type"))
    form: JsonObject = {"type": kind[:1].upper() + kind[1:]}
    for key, value in item.items():
        if value is None or key == "type":
            continue
        if key == "durationMs" and isinstance(value, int):
            form["duration"] = {"secs": value // 1000, "nanos": value % 1000 * 1_000_000}
        else:
            form[snake_word(key)] = snake_case(value) if key == "status" else value
    return form
