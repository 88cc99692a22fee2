"""User input in the log: the reference's flat form, and back to the wire's list (persistence.md §2.6).

The flat form joins all texts and sorts images behind them, so many inputs cannot be told from it. Where that
is so, `content` keeps the list as it was sent, with the data of images left to `images`: an image is the
biggest thing in a log, and it is there twice already.
"""

from collections.abc import Sequence

from protocol.wire import JsonObject, JsonValue


def user_message_payload(inputs: Sequence[JsonObject]) -> JsonObject:
    """`message`, `images`, `local_images`, `text_elements`, and `content` where these do not tell all."""
    texts: list[str] = []
    images: list[JsonValue] = []
    local_images: list[JsonValue] = []
    elements: list[JsonValue] = []
    offset = 0
    for entry in inputs:
        match entry.get("type"):
            case "text":
                text = entry.get("text")
                if isinstance(text, str):
                    texts.append(text)
                    elements.extend(_shifted(entry.get("text_elements"), offset))
                    offset += len(text.encode("utf-8", "replace"))
            case "image":
                images.append(entry.get("url"))
            case "localImage":
                local_images.append(entry.get("path"))
            case _:
                pass
    payload: JsonObject = {
        "message": "".join(texts),
        "images": images,
        "local_images": local_images,
        "text_elements": elements,
    }
    if inputs_of(payload) != list(inputs):
        payload["content"] = [_without_data(entry) for entry in inputs]
    return payload


def _without_data(entry: JsonObject) -> JsonObject:
    return (
        {key: value for key, value in entry.items() if key != "url"}
        if entry.get("type") == "image"
        else entry
    )


def _shifted(elements: JsonValue, offset: int) -> list[JsonValue]:
    """Wire elements of one text as the file's, their byte ranges counted over the joined text."""
    kept: list[JsonValue] = []
    for element in elements if isinstance(elements, list) else []:
        if not isinstance(element, dict):
            continue
        span = element.get("byteRange")
        if not isinstance(span, dict):
            continue
        start, end = span.get("start"), span.get("end")
        if isinstance(start, int) and isinstance(end, int):
            shifted: JsonObject = {"start": start + offset, "end": end + offset}
            kept.append({"byte_range": shifted, "placeholder": element.get("placeholder")})
    return kept


def inputs_of(payload: JsonObject) -> list[JsonObject]:
    """The wire's UserInput objects of a `user_message` event: text first, then images, then local images."""
    images = _strings(payload.get("images"))
    content = payload.get("content")
    if isinstance(content, list):
        return _with_data(content, images)
    inputs: list[JsonObject] = []
    message = payload.get("message")
    if isinstance(message, str) and message:
        inputs.append({"type": "text", "text": message, "text_elements": _wire_elements(payload)})
    inputs.extend({"type": "image", "url": url} for url in images)
    inputs.extend({"type": "localImage", "path": path} for path in _strings(payload.get("local_images")))
    return inputs


def _with_data(content: list[JsonValue], images: list[str]) -> list[JsonObject]:
    left = iter(images)
    inputs: list[JsonObject] = []
    for entry in content:
        if not isinstance(entry, dict):
            continue
        if entry.get("type") == "image" and "url" not in entry:
            url = next(left, None)
            if url is None:
                continue
            entry = {**entry, "url": url}  # noqa: PLW2901 the stored entry, completed
        inputs.append(entry)
    return inputs


def _wire_elements(payload: JsonObject) -> list[JsonValue]:
    elements = payload.get("text_elements")
    return [
        {"byteRange": element["byte_range"], "placeholder": element.get("placeholder")}
        for element in (elements if isinstance(elements, list) else [])
        if isinstance(element, dict) and isinstance(element.get("byte_range"), dict)
    ]


def _strings(value: JsonValue) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
