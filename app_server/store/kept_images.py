"""Pictures in a compacted history are not written again: the log has them already (promise D1).

A picture that the history before held is written as a text, which a server that does not know of this takes
as it is, with the picture's fingerprint beside it. Reading puts the picture back from the history before.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Final

from protocol.wire import JsonObject, JsonValue

_KEY: Final = "kept_image"
_TEXT: Final = "(a picture that was shown before)"
_SMALL: Final = 256
"""A URL below this length is written out: it costs no more than its fingerprint."""


def without_known_images(items: Iterable[JsonObject], before: Iterable[JsonObject]) -> list[JsonObject]:
    """The history in the form in which it is logged; `before` is the one that it takes the place of."""
    known = _images(before)
    return [_replaced(item, lambda part: _to_reference(part, known)) for item in items]


def with_known_images(items: Iterable[JsonObject], before: Sequence[JsonObject]) -> list[JsonObject]:
    """The history as it was before it was logged."""
    logged = list(items)
    if not any(_has_reference(item) for item in logged):
        return logged
    known = _images(before)
    return [_replaced(item, lambda part: _from_reference(part, known)) for item in logged]


def _to_reference(part: JsonObject, known: Mapping[str, JsonObject]) -> JsonObject:
    print_ = _fingerprint(part)
    if print_ is None or print_ not in known:
        return part
    return {"type": "input_text", "text": _TEXT, _KEY: print_}


def _from_reference(part: JsonObject, known: Mapping[str, JsonObject]) -> JsonObject:
    print_ = part.get(_KEY)
    return known.get(print_, part) if isinstance(print_, str) else part


def _images(items: Iterable[JsonObject]) -> dict[str, JsonObject]:
    return {
        print_: part for item in items for part in _parts(item) if (print_ := _fingerprint(part)) is not None
    }


def _fingerprint(part: JsonObject) -> str | None:
    url = part.get("image_url")
    if part.get("type") != "input_image" or not isinstance(url, str) or len(url) < _SMALL:
        return None
    return sha256(f"{part.get('detail')} {url}".encode("utf-8", "surrogatepass")).hexdigest()


def _has_reference(item: JsonObject) -> bool:
    return any(_KEY in part for part in _parts(item))


def _parts(item: JsonObject) -> Iterable[JsonObject]:
    for key in ("content", "output"):
        parts: JsonValue = item.get(key)
        if isinstance(parts, list):
            yield from (part for part in parts if isinstance(part, dict))


def _replaced(item: JsonObject, change: Callable[[JsonObject], JsonObject]) -> JsonObject:
    content = item.get("content")
    if not isinstance(content, list):
        return item
    return {**item, "content": [change(part) if isinstance(part, dict) else part for part in content]}
