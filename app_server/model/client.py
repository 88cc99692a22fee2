"""Asking a model, over HTTP or a websocket: one client for each thread, one `ModelTurn` for each turn."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Final

import anyio

from app_server.http.client import HttpClient
from app_server.http.message import HttpError, HttpRequest, HttpResponse, shown_url
from app_server.model import errors
from app_server.model.credentials import Credentials, RequestCredentials
from app_server.model.errors import ModelError
from app_server.model.headers import (
    TURN_STATE,
    ClientIdentity,
    Headers,
    ThreadFacts,
    TurnMetadata,
    identity_headers,
    provider_headers,
    request_headers,
    thread_headers,
)
from app_server.model.provider import ModelProvider
from app_server.model.rate_limits import RateLimits
from app_server.model.request import ResponsesRequest, as_json, compressed, request_fields
from app_server.model.response_stream import ResponseStream
from app_server.model.retry import backoff, retry_after
from protocol.wire import JsonObject

if TYPE_CHECKING:
    from app_server.model.socket_answer import SocketAnswer
    from app_server.model.socket_route import SocketRoute

_log: Final = logging.getLogger("app_server.model")
_MAX_ERROR_BODY: Final = 256 * 1024

Attest = Callable[[], Awaitable[bytes | None]]
Sleep = Callable[[float], Awaitable[None]]


class ModelClient:
    """What a thread needs to ask its model. Owns the latest rate limits and the number of the window."""

    def __init__(
        self,
        *,
        provider: ModelProvider,
        credentials: Credentials,
        http: HttpClient,
        identity: ClientIdentity,
        facts: ThreadFacts,
        env: Mapping[str, str],
        attest: Attest | None = None,
        compress: bool = True,
        sleep: Sleep = anyio.sleep,
    ) -> None:
        """`attest` is given only where `attestation_in_scope` said so when the thread was created.

        `compress` allows compressed bodies where the provider is known to take them (model-client.md §1.7).
        """
        self.provider = provider
        self.facts = facts
        self.window_number = 0
        self.rate_limits: RateLimits | None = None
        self.credentials = credentials
        self.http = http
        self._identity = identity
        self._attest = attest
        self._compress = compress
        self._sleep = sleep
        self.env = env
        self._static = provider_headers(provider, env)
        self._socket_route: SocketRoute | None = None

    def turn(self, metadata: TurnMetadata) -> "ModelTurn":
        """A turn's requests share the routing state that the provider gives with the first answer."""
        return ModelTurn(self, metadata)

    async def open(
        self, request: ResponsesRequest, metadata: TurnMetadata, turn_state: str | None
    ) -> HttpResponse:
        """The head of a successful answer: one attempt, with its transport retries. Raises ModelError.

        The attestation is asked for here, once: transport retries send the same value, and trying again with
        other credentials asks anew (model-client.md §6).
        """
        body = as_json(self.fields(request))
        refusals = 0
        while True:
            credentials = await self.credentials.current()
            headers = await self.headers(metadata, turn_state, credentials)
            sent = body
            if self._compress and credentials.chatgpt_login and self.provider.name == "OpenAI":
                headers["content-encoding"] = b"zstd"
                sent = compressed(body)
            url = self.provider.url("responses", chatgpt_login=credentials.chatgpt_login)
            outgoing = HttpRequest("POST", url, headers, sent)
            response = await self._send(outgoing)
            if response.status == 401:
                refusals += 1
                if await self.recovered(response, refusals):
                    continue
            if not 200 <= response.status < 300:
                error = await self.refused(response, outgoing.url)
                if response.status == 404 and self.provider.is_local_server:
                    from app_server.model.local_servers import no_such_model  # few are asked

                    error = no_such_model(self.provider, request.model.slug, error)
                raise error
            return response

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

    def begin_window(self) -> None:
        """The history was compacted: what follows is a window of its own (model-client.md §7.3)."""
        self.window_number += 1

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
        url = self.provider.url("responses/compact", chatgpt_login=credentials.chatgpt_login)
        body = compact_body(request, thread_id=self.facts.thread_id)
        answer, _ = await self.exchange(HttpRequest("POST", url, headers, body))
        return compacted_items(answer)

    async def exchange(self, request: HttpRequest) -> tuple[bytes, Mapping[str, str]]:
        """A successful answer that is no stream: its body and headers. Raises ModelError."""
        response = await self._send(request)
        if not 200 <= response.status < 300:
            raise await self.refused(response, request.url)
        answer = bytearray()
        try:
            with anyio.fail_after(self.provider.stream_idle_timeout_ms / 1000):
                while chunk := await response.read():
                    answer += chunk
        except TimeoutError:
            raise errors.idle_timeout() from None
        except HttpError:
            raise errors.broken_body() from None
        finally:
            await response.close()
        return bytes(answer), response.headers

    def own_headers(self) -> Headers:
        """Who asks, and what the provider wants with every request."""
        return {**identity_headers(self._identity), **self._static}

    async def attestation(self) -> bytes | None:
        """A fresh value, where the thread's requests carry one."""
        return None if self._attest is None else await self._attest()

    def remember(self, limits: RateLimits) -> RateLimits:
        """Take a new snapshot; what it leaves open stays as it was."""
        self.rate_limits = limits.after(self.rate_limits)
        return self.rate_limits

    @property
    def idle_seconds(self) -> float:
        """How long an answer may be silent."""
        return self.provider.stream_idle_timeout_ms / 1000

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
            from app_server.model.socket_route import SocketRoute  # and the library: few providers have one

            self._socket_route = SocketRoute(self)
        return self._socket_route

    async def warm_up(self, request: ResponsesRequest, metadata: TurnMetadata) -> None:
        """Get the websocket ready, if there is to be one. Never raises ModelError."""
        if (route := self.socket_route()) is not None:
            await route.warm_up(request._replace(input=()), self.turn(metadata))

    async def fall_back(self) -> bool:
        """Use HTTP for the rest of the thread's life; False when that is so already."""
        route = self.socket_route()
        return route is not None and await route.give_up()

    async def close(self) -> None:
        """The thread is unloaded."""
        if self._socket_route is not None:
            await self._socket_route.close()

    def fields(self, request: ResponsesRequest) -> JsonObject:
        """The members of a request's body."""
        return request_fields(
            request,
            thread_id=self.facts.thread_id,
            installation_id=self.facts.installation_id,
            is_azure=self.provider.is_azure,
        )

    def thread_headers(self) -> Headers:
        """What every request of the thread carries."""
        return thread_headers(self.facts, self.window_number)

    async def recovered(self, response: HttpResponse, refusals: int) -> bool:
        """Whether to ask again with other credentials; then, and after an error, the answer is closed."""
        try:
            recovered = await self.credentials.recover(refusals)
        except BaseException:
            await response.close()
            raise
        if recovered:
            await response.close()
        return recovered

    async def headers(
        self, metadata: TurnMetadata, turn_state: str | None, credentials: RequestCredentials
    ) -> Headers:
        return request_headers(
            identity=self._identity,
            static=self._static,
            facts=self.facts,
            window_number=self.window_number,
            metadata=metadata,
            turn_state=turn_state,
            attestation=await self.attestation(),
            credentials=credentials,
        )

    async def _send(self, request: HttpRequest) -> HttpResponse:
        """Try until there is an answer below 500, or the retries for that are used up."""
        retries = self.provider.request_max_retries
        wanted: float | None = None
        for attempt in range(1, retries + 2):
            try:
                with anyio.fail_after(self.provider.stream_idle_timeout_ms / 1000):
                    response = await self.http.send(request)
            except TimeoutError:
                failure = errors.idle_timeout()
            except HttpError as error:
                _log.debug("request %d to the provider failed: %s", attempt, error)
                if self.provider.is_local_server and not error.answered:
                    from app_server.model.local_servers import not_running  # few are asked

                    raise not_running(self.provider) from error
                failure = errors.unreachable(shown_url(request.url))
            else:
                if response.status < 500 or attempt > retries:
                    return response
                _log.debug("request %d to the provider: status %d", attempt, response.status)
                await response.close()
                failure, wanted = None, retry_after(response.headers)
            if failure is not None and attempt > retries:
                raise failure
            pause, wanted = wanted, None
            await self._sleep(backoff(attempt) if pause is None else pause)
        raise AssertionError("the last attempt returns or raises")

    async def refused(self, response: HttpResponse, url: str) -> ModelError:
        from app_server.model.http_errors import status_error  # only a refused request needs it

        body = bytearray()
        try:
            with anyio.move_on_after(self.provider.stream_idle_timeout_ms / 1000):
                while len(body) < _MAX_ERROR_BODY and (chunk := await response.read()):
                    body += chunk
        except HttpError:
            _log.debug("the provider's error body was cut short")
        finally:
            await response.close()
        error = status_error(response.status, response.headers, bytes(body), shown_url(url))
        if error.rate_limits is not None:
            error.rate_limits = self.remember(error.rate_limits)
        return error


class ModelTurn:
    """One turn's requests. Owns its routing state: the first answer's value wins (model-client.md §2.2)."""

    def __init__(self, client: ModelClient, metadata: TurnMetadata) -> None:
        self._client = client
        self.metadata = metadata
        self.state: str | None = None

    def stream(self, request: ResponsesRequest) -> "ResponseStream | SocketAnswer":
        """One attempt to get an answer: an async iterator over batches of events, for use with `async with`.

        Nothing is sent before the first batch is asked for. Iterating raises ModelError.
        """
        route = self._client.socket_route()
        if route is None:
            return self.over_http(request)
        from app_server.model.socket_answer import SocketAnswer  # loaded with its route

        return SocketAnswer(route, self._client, self, request)

    def over_http(self, request: ResponsesRequest) -> ResponseStream:
        """The same, whatever else there might be."""
        client = self._client

        async def opened() -> HttpResponse:
            response = await client.open(request, self.metadata, self.state)
            if self.state is None:
                self.state = response.headers.get(TURN_STATE)
            return response

        return ResponseStream(opened, remember=client.remember, idle_seconds=client.idle_seconds)
