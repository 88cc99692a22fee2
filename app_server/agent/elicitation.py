"""What an MCP server asks of the user, as clients are asked it (connection.md §7, tools.md §9.4)."""

from app_server.mcp.errors import McpError
from protocol.decode import DecodeError, decode
from protocol.elicitation import (
    FormMcpServerElicitationRequestParams,
    UrlMcpServerElicitationRequestParams,
)
from protocol.wire import JsonObject


def question_of(
    params: JsonObject, thread_id: str, turn_id: str | None, server: str
) -> FormMcpServerElicitationRequestParams | UrlMcpServerElicitationRequestParams:
    """The server request for the params of an `elicitation/create`. Raises McpError for what is none."""
    mode = "url" if params.get("mode") == "url" else "form"
    asked: JsonObject = {
        **params,
        "mode": mode,
        "threadId": thread_id,
        "turnId": turn_id,
        "serverName": server,
        "_meta": None,
    }
    try:
        if mode == "url":
            return decode(UrlMcpServerElicitationRequestParams, asked)
        return decode(FormMcpServerElicitationRequestParams, asked)
    except DecodeError as error:
        raise McpError(str(error)) from error
