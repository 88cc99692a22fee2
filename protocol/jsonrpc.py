"""The envelope: what a message is, its error codes, and the one exception that becomes an error answer.

The `jsonrpc` member of JSON-RPC 2.0 is never sent and not required. Nothing here knows a method.
"""

from typing import Final, Literal

from protocol.wire import JsonValue

RequestId = str | int

INVALID_REQUEST: Final = -32600
METHOD_NOT_FOUND: Final = -32601
INVALID_PARAMS: Final = -32602
INTERNAL_ERROR: Final = -32603
OVERLOADED: Final = -32001

ErrorKind = Literal[
    "already_initialized",
    "config_error",
    "experimental_api_required",
    "internal_error",
    "invalid_cursor",
    "invalid_params",
    "invalid_request",
    "invalid_thread_id",
    "malformed_request",
    "mcp_server_failed",
    "method_not_found",
    "no_such_turn",
    "not_initialized",
    "server_overloaded",
    "server_shutting_down",
    "thread_busy",
    "thread_not_found",
    "thread_unreadable",
    "thread_unwritable",
]
"""What went wrong, for programs: -32600 alone says little, and texts are for people. Kinds are only added."""

_USUAL: Final[dict[int, ErrorKind]] = {
    INVALID_REQUEST: "invalid_request",
    METHOD_NOT_FOUND: "method_not_found",
    INVALID_PARAMS: "invalid_params",
    INTERNAL_ERROR: "internal_error",
    OVERLOADED: "server_overloaded",
}


class RpcError(Exception):
    """An error answer: `code`, `message` and `data` go to the wire unchanged.

    Where the reference has no `data`, ours is `{"kind": …}`. The official SDK, for one, tries again only when
    it finds `server_overloaded` there.
    """

    def __init__(
        self, code: int, message: str, data: JsonValue = None, *, kind: ErrorKind | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.data: JsonValue = {"kind": kind or _USUAL[code]} if data is None else data


def invalid_request(message: str, data: JsonValue = None, *, kind: ErrorKind | None = None) -> RpcError:
    """-32600, which this protocol uses for nearly every refusal, domain errors included."""
    return RpcError(INVALID_REQUEST, message, data, kind=kind)


def invalid_params(message: str, data: JsonValue = None) -> RpcError:
    """-32602, for the few semantic checks of parameters that clients tell apart."""
    return RpcError(INVALID_PARAMS, message, data)


def internal_error(message: str, data: JsonValue = None, *, kind: ErrorKind | None = None) -> RpcError:
    """-32603, for failures of the server or its machine."""
    return RpcError(INTERNAL_ERROR, message, data, kind=kind)
