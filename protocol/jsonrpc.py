"""The envelope: what a message is, its error codes, and the one exception that becomes an error answer.

The `jsonrpc` member of JSON-RPC 2.0 is never sent and not required. Nothing here knows a method.
"""

from typing import Final

from protocol.wire import JsonValue

RequestId = str | int

INVALID_REQUEST: Final = -32600
METHOD_NOT_FOUND: Final = -32601
INVALID_PARAMS: Final = -32602
INTERNAL_ERROR: Final = -32603
OVERLOADED: Final = -32001


class RpcError(Exception):
    """An error answer: `code`, `message` and, where clients need it, `data` go to the wire unchanged."""

    def __init__(self, code: int, message: str, data: JsonValue = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.data = data


def invalid_request(message: str, data: JsonValue = None) -> RpcError:
    """-32600, which this protocol uses for nearly every refusal, domain errors included."""
    return RpcError(INVALID_REQUEST, message, data)


def invalid_params(message: str, data: JsonValue = None) -> RpcError:
    """-32602, for the few semantic checks of parameters that clients tell apart."""
    return RpcError(INVALID_PARAMS, message, data)


def internal_error(message: str, data: JsonValue = None) -> RpcError:
    """-32603, for failures of the server or its machine."""
    return RpcError(INTERNAL_ERROR, message, data)
