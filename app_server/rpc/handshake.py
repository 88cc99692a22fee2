"""`initialize`: who the client is, and what it is sent first (connection.md §2)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app_server.rpc.audience import RpcAudience
from app_server.rpc.connection import Connection
from app_server.rpc.introduction import Introduction, answer_of_initialize
from app_server.rpc.user_agent import Identity, is_header_value
from protocol.jsonrpc import RequestId, invalid_request
from protocol.wire import WireModel, to_camel

if TYPE_CHECKING:
    from protocol.initialize import InitializeParams

logger = logging.getLogger("app_server.rpc")


class Handshake:
    """Turns a connection into an initialized one."""

    def __init__(
        self,
        identity: Identity,
        codex_home: str,
        audience: RpcAudience,
        first_events: Callable[[], Sequence[WireModel]],
    ) -> None:
        """`first_events` come right after the answer: start-up warnings, then the remote control status."""
        self._identity = identity
        self._codex_home = codex_home
        self._audience = audience
        self._first_events = first_events

    def perform(self, connection: Connection, request_id: RequestId, params: InitializeParams) -> None:
        """Answer `initialize`, and send what comes first. Raises RpcError; the client may try again then."""
        from protocol.initialize import InitializeResponse  # most clients have been greeted before

        if connection.client is not None:
            raise invalid_request("Already initialized", kind="already_initialized")
        client = _introduction(params)
        if not is_header_value(client.name):
            raise invalid_request(
                f"Invalid clientInfo.name: '{client.name}'. Must be a valid HTTP header value."
            )
        self._identity.introduce(client.name, client.version)
        result = answer_of_initialize(self._identity, self._codex_home)
        connection.greet(client)
        connection.answer(request_id, InitializeResponse.model_validate(result, by_alias=True))
        self._open(connection)

    def resume(self, connection: Connection, client: Introduction) -> None:
        """Go on with a client whose `initialize` was answered before the server was loaded."""
        connection.greet(client)
        self._open(connection)

    def _open(self, connection: Connection) -> None:
        try:
            for event in self._first_events():
                connection.notify(event)
        except Exception:
            # The client has its answer already, and can work without what was to follow.
            logger.exception("the events after initialize cannot be told")
        self._audience.admit(connection)


def _introduction(params: InitializeParams) -> Introduction:
    info, wishes = params.client_info, params.capabilities
    if wishes is None:
        return Introduction(info.name, info.version, title=info.title)
    return Introduction(
        info.name,
        info.version,
        title=info.title,
        capabilities=frozenset(map(to_camel, wishes.model_fields_set)),
        experimental_api=wishes.experimental_api,
        request_attestation=wishes.request_attestation,
        opted_out=frozenset(wishes.opt_out_notification_methods or ()),
        openai_form_elicitation=wishes.mcp_server_openai_form_elicitation,
        required_human_approval=wishes.required_human_approval,
    )
