"""Asking a model, over HTTP or a websocket: one client for each thread, one `ModelTurn` for each turn."""

from typing import TYPE_CHECKING

from app_server.http.message import HttpRequest
from app_server.model.answer.over_http import ResponseStream
from app_server.model.headers import TurnMetadata
from app_server.model.request import ResponsesRequest
from app_server.model.thread_requests import ThreadRequests, TurnRequests
from protocol.wire import JsonObject

if TYPE_CHECKING:
    from app_server.model.websocket.answer import SocketAnswer
    from app_server.model.websocket.route import SocketRoute


class ModelClient(ThreadRequests):
    """What a thread needs to ask its model. Owns the thread's websocket, where its provider has one."""

    _socket_route: "SocketRoute | None" = None
    """Made by the first request."""

    def turn(self, metadata: TurnMetadata) -> "ModelTurn":
        """A turn's requests share the routing state that the provider gives with the first answer."""
        return ModelTurn(self, metadata)

    def for_subagent(self, kind: str, thread_id: str) -> "ModelClient":
        """A client for an agent that works within the thread, in a thread of its own that nobody watches.

        So nobody is asked for an attestation, and none is sent (model-client.md §6). The caller closes it.
        """
        return ModelClient(
            provider=self.provider,
            credentials=self.credentials,
            http=self.http,
            identity=self._identity,
            facts=self.facts._replace(thread_id=thread_id, subagent=kind),
            env=self.env,
            compress=self._compress,
            sleep=self._sleep,
        )

    async def compact(self, request: ResponsesRequest) -> list[JsonObject]:
        """The history that the provider makes of the request's input. Raises ModelError.

        The attestation is asked for once, and there is no second try with other credentials.
        """
        from app_server.model.compact import compact_body, compact_headers, compacted_items

        credentials = await self.credentials.current()
        headers = compact_headers(
            identity=self._identity,
            static=self._static,
            facts=self.facts,
            window_number=self.window_number,
            attestation=await self.attestation(),
            credentials=credentials,
        )
        url = credentials.url(self.provider, "responses/compact")
        body = compact_body(request, thread_id=self.facts.thread_id, with_tier=not credentials.key_login)
        answer, _ = await self.exchange(HttpRequest("POST", url, headers, body))
        return compacted_items(answer)

    @property
    def uses_websocket(self) -> bool:
        """Whether the next request goes over a websocket, as far as is known."""
        route = self._socket_route
        return self.provider.supports_websockets and (route is None or not route.given_up)

    def socket_route(self) -> "SocketRoute | None":
        """The thread's websocket, where its provider has one and it has not proved useless."""
        if not self.uses_websocket:
            return None
        if self._socket_route is None:
            from app_server.model.websocket.route import (
                SocketRoute,  # and the library: few providers have one
            )

            self._socket_route = SocketRoute(self)
        return self._socket_route

    async def warm_up(self, request: ResponsesRequest, metadata: TurnMetadata) -> None:
        """Get the websocket ready, if there is to be one. Never raises ModelError."""
        if (route := self.socket_route()) is not None:
            from app_server.model.websocket.answer import warm_up  # loaded with its route

            await warm_up(route, self, self.turn(metadata), request._replace(input=()))

    async def fall_back(self) -> bool:
        """Use HTTP for the rest of the thread's life; False when that is so already."""
        route = self.socket_route()
        return route is not None and await route.give_up()

    async def close(self) -> None:
        """The thread is unloaded."""
        if self._socket_route is not None:
            await self._socket_route.close()


class ModelTurn(TurnRequests):
    """The requests of one turn, over whichever transport there is."""

    def __init__(self, client: ModelClient, metadata: TurnMetadata) -> None:
        super().__init__(client, metadata)
        self._client = client

    def stream(self, request: ResponsesRequest) -> "ResponseStream | SocketAnswer":
        """One attempt to get an answer: an async iterator over batches of events, for use with `async with`.

        Nothing is sent before the first batch is asked for. Iterating raises ModelError.
        """
        route = self._client.socket_route()
        if route is None:
            return self.over_http(request)
        from app_server.model.websocket.answer import SocketAnswer  # loaded with its route

        return SocketAnswer(route, self._client, self, request)
