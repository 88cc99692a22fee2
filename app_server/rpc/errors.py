"""The one place where an exception becomes an error answer."""

import logging

from protocol.decode import DecodeError
from protocol.jsonrpc import OVERLOADED, RpcError, internal_error, invalid_request

logger = logging.getLogger("app_server.rpc")


def overloaded() -> RpcError:
    """The server, or the way to this client, is full."""
    return RpcError(OVERLOADED, "Server overloaded; retry later.")


def error_answer(error: Exception, method: str) -> RpcError:
    """What the client is told. Whatever nobody foresaw is logged, and told without its details."""
    if isinstance(error, RpcError):
        return error
    if isinstance(error, DecodeError):
        return invalid_request(f"Invalid request: {error}", kind="malformed_request")
    logger.error("%s failed", method, exc_info=error)
    return internal_error(f"internal error while handling {method}: {type(error).__name__}")


def shutting_down() -> RpcError:
    """The request was still open when its connection came to its end."""
    return invalid_request("the server is shutting down", kind="server_shutting_down")
