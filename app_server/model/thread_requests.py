"""The requests of one thread, and of one of its turns: what each carries, and how it is sent over HTTP."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import anyio
import anyio.to_thread

from app_server.http.client import HttpClient
from app_server.http.message import HttpError, HttpRequest, HttpResponse, shown_url
from app_server.model import errors
from app_server.model.answer.over_http import ResponseStream
from app_server.model.client_identity import ClientIdentity, identity_headers
from app_server.model.credentials import Credentials
from app_server.model.errors import ModelError
from app_server.model.headers import (
    TURN_STATE,
    Headers,
    ThreadFacts,
    TurnMetadata,
    provider_headers,
    request_headers,
    thread_headers,
)
from app_server.model.provider import ModelProvider
from app_server.model.rate_limits import RateLimits
from app_server.model.request import ResponsesRequest, as_json, compressed, request_fields
from app_server.model.request_credentials import RequestCredentials
from app_server.model.retry import backoff, retry_after
from protocol.wire import JsonObject

_log: Final = logging.getLogger("app_server.model")
_MAX_ERROR_BODY: Final = 256 * 1024

Attest = Callable[[], Awaitable[bytes | None]]
Sleep = Callable[[float], Awaitable[None]]


class ThreadRequests:
    """What a thread's requests share. Owns the latest rate limits and the number of the window."""

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
            url = credentials.url(self.provider, "responses")
            outgoing = HttpRequest("POST", url, headers, sent)
            response = await self._send(outgoing, credentials.sign)
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

    def begin_window(self) -> None:
        """The history was compacted: what follows is a window of its own (model-client.md §7.3)."""
        self.window_number += 1

    async def exchange(self, request: HttpRequest) -> tuple[bytes, Mapping[str, str]]:
        """A successful answer that is no stream: its body and headers. Raises ModelError."""
        response = await self._send(request)
        if not 200 <= response.status < 300:
            raise await self.refused(response, request.url)
        answer = bytearray()
        try:
            with anyio.fail_after(self.idle_seconds):
                while chunk := await response.read():
                    answer += chunk
        except TimeoutError:
            raise errors.idle_timeout() from None
        except HttpError:
            raise errors.broken_answer() from None
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
        """All headers of a request of a turn; it asks for the attestation, where there is one."""
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

    async def _answered(self, request: HttpRequest) -> HttpResponse:
        """The answer to one try, wherever it is given. Raises HttpError."""
        response = await self.http.send(request)
        if not 300 <= response.status < 400:
            return response
        from app_server.http.redirects import following  # few providers send anybody elsewhere

        return await following(self.http.send, request, response)

    async def refused(self, response: HttpResponse, url: str) -> ModelError:
        """What an answer means that is no success; it is read, and closed."""
        from app_server.model.http_errors import status_error  # only a refused request needs it

        body = bytearray()
        try:
            with anyio.move_on_after(self.idle_seconds):
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

    async def _send(
        self, request: HttpRequest, sign: Callable[[HttpRequest], HttpRequest] | None = None
    ) -> HttpResponse:
        """Try until there is an answer below 500, or the retries for that are used up."""
        retries = self.provider.request_max_retries
        wanted: float | None = None
        for attempt in range(1, retries + 2):
            try:
                sent = request if sign is None else await anyio.to_thread.run_sync(sign, request)
                with anyio.fail_after(self.idle_seconds):
                    response = await self._answered(sent)
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


class TurnRequests:
    """What one turn's requests share.

    Owns its routing state: the first answer's value wins (model-client.md §2.2).
    """

    def __init__(self, thread: ThreadRequests, metadata: TurnMetadata) -> None:
        self._thread = thread
        self.metadata = metadata
        self.state: str | None = None

    def over_http(self, request: ResponsesRequest) -> ResponseStream:
        """One attempt to get an answer, over HTTP. Nothing is sent before the first batch is asked for."""
        thread = self._thread

        async def opened() -> HttpResponse:
            response = await thread.open(request, self.metadata, self.state)
            if self.state is None:
                self.state = response.headers.get(TURN_STATE)
            return response

        return ResponseStream(opened, remember=thread.remember, idle_seconds=thread.idle_seconds)
