"""Messages as bytes: each encoded once, however many connections it goes to (connection.md §1.1)."""

import time

import orjson

from protocol.jsonrpc import RequestId, RpcError
from protocol.wire import JsonValue, WireModel

_LINE_SEPARATORS = ((b"\xe2\x80\xa8", b"\\u2028"), (b"\xe2\x80\xa9", b"\\u2029"))


def encode_notification(method: str, params: WireModel) -> bytes:
    """`{"method","params","emittedAtMs"}` and a newline."""
    emitted = b"%d" % (time.time_ns() // 1_000_000)
    return b'{"method":"%b","params":%b,"emittedAtMs":%b}\n' % (method.encode(), model_bytes(params), emitted)


def encode_request(request_id: int, method: str, params: bytes) -> bytes:
    """A server request: `{"method","id","params"}` and a newline."""
    return b'{"method":"%b","id":%d,"params":%b}\n' % (method.encode(), request_id, params)


def encode_result(request_id: RequestId, result: WireModel) -> bytes:
    """`{"id","result"}` and a newline."""
    return b'{"id":%b,"result":%b}\n' % (_id_bytes(request_id), model_bytes(result))


def encode_error(request_id: RequestId, error: RpcError) -> bytes:
    """`{"error":{"code","data"?,"message"},"id"}` and a newline."""
    body: dict[str, JsonValue] = {"code": error.code}
    if error.data is not None:
        body["data"] = error.data
    body["message"] = error.message
    return b'{"error":%b,"id":%b}\n' % (_value_bytes(body), _id_bytes(request_id))


def model_bytes(model: WireModel) -> bytes:
    """The model as JSON without line separators that some readers split at, nor broken text (W7, W9).

    Raises TypeError or ValueError for what is no JSON value, or too deep.
    """
    try:
        data = model.to_bytes()
    except ValueError:
        # Half a surrogate pair somewhere in its texts, which UTF-8 cannot carry.
        return _value_bytes(model.to_wire())
    return escape_separators(data)


def escape_separators(data: bytes) -> bytes:
    """U+2028 and U+2029 written as escapes."""
    # Most is ASCII, which is far quicker to see than that two bytes are nowhere.
    if not data.isascii() and b"\xe2\x80" in data:
        for raw, escaped in _LINE_SEPARATORS:
            data = data.replace(raw, escaped)
    return data


def _value_bytes(value: JsonValue) -> bytes:
    try:
        return escape_separators(orjson.dumps(value))
    except TypeError:
        return escape_separators(orjson.dumps(_whole_text(value)))


def _whole_text(value: JsonValue) -> JsonValue:
    """The same with a replacement character for each half of a surrogate pair."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {str(_whole_text(key)): _whole_text(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_whole_text(inner) for inner in value]
    return value


def _id_bytes(request_id: RequestId) -> bytes:
    if isinstance(request_id, int):
        return b"%d" % request_id
    return escape_separators(orjson.dumps(request_id))
