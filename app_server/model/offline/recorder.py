"""Recording: requests go on to a real provider, and its answers are written down as a script.

What could be a secret never reaches the file: of a request nothing is kept, of an answer's headers only those
that say something about models and limits, of its events not the provider's echo of the request. Texts are
searched for keys and addresses all the same.
"""

import re
from collections.abc import AsyncGenerator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from app_server.http.client import HttpClient
from app_server.http.message import HttpError, HttpRequest, HttpResponse
from app_server.model.answer.sse import EventTooLargeError, SseParser
from app_server.model.lenient_json import dumps, loads
from app_server.model.offline.http_peer import Asked, PeerError
from app_server.model.offline.reply import Reply, refusal
from protocol.wire import JsonObject, JsonValue

_NOT_PASSED_ON: Final = frozenset(
    {"host", "content-length", "connection", "accept-encoding", "transfer-encoding"}
)
_NOT_PASSED_BACK: Final = frozenset({"content-length", "connection", "transfer-encoding", "keep-alive"})
_KEPT_HEADERS: Final = re.compile(
    r"openai-model|x-models-etag|x-reasoning-included"
    r"|x-[a-z0-9-]+-(primary|secondary)-(used-percent|window-minutes|reset-at)|x-[a-z0-9-]+-limit-name"
    r"|x-codex-credits-(has-credits|unlimited|balance)|x-codex-active-limit|x-codex-promo-message"
)
_KEPT_OF_RESPONSE: Final = ("id", "usage", "error", "incomplete_details", "end_turn")
_SECRET: Final = re.compile(
    r"\b(?:sk|sess|key)-[\w-]{8,}|\beyJ[\w-]+\.[\w-]+\.[\w-]*|\b(?:org|proj|user|acct)[-_][\w-]{6,}"
    r"|(?i:bearer)\s+\S+|[\w.+-]+@[\w-]+\.[\w.]+"
)


class Recorder:
    """Owns the file, to which every exchange is added when it is over."""

    def __init__(self, upstream: str, out: Path, env: Mapping[str, str]) -> None:
        self._upstream = upstream.rstrip("/")
        self._out = out
        self._http = HttpClient(env)

    async def __aenter__(self) -> Self:
        self._out.open("ab").close()  # fail now, not after the first exchange
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.close()

    async def reply(self, asked: Asked) -> Reply:
        """The provider's answer to a request; if it answers one for a model, the script gets it too."""
        path = asked.path.removeprefix("/v1")
        headers = {
            name: value.encode() for name, value in asked.headers.items() if name not in _NOT_PASSED_ON
        }
        try:
            response = await self._http.send(
                HttpRequest(asked.method, self._upstream + path, headers, asked.body)
            )
        except HttpError as error:
            return refusal(502, f"The provider cannot be reached: {error}")
        recorded = asked.method == "POST" and path.rstrip("/").endswith("/responses")
        return await self._take(response, recorded=recorded)

    async def _take(self, response: HttpResponse, *, recorded: bool) -> Reply:
        headers = {name: value for name, value in response.headers.items() if name not in _NOT_PASSED_BACK}
        return Reply(
            status=response.status, headers=headers, live=self._passed_on(response, recorded=recorded)
        )

    async def _passed_on(self, response: HttpResponse, *, recorded: bool) -> AsyncGenerator[bytes]:
        """The body as it comes. A client that goes away leaves what came so far, as a broken answer."""
        body, whole = bytearray(), False
        try:
            while chunk := await response.read():
                body += chunk
                yield chunk
            whole = True
        except HttpError as error:
            raise PeerError(f"the provider broke off: {error}") from error
        finally:
            if recorded:
                self._write(response, bytes(body), whole=whole)
            await response.close()

    def _write(self, response: HttpResponse, body: bytes, *, whole: bool) -> None:
        streamed = response.headers.get("content-type", "").startswith("text/event-stream")
        reply: JsonObject = {}
        kept: JsonObject = {
            name: value for name, value in response.headers.items() if _KEPT_HEADERS.fullmatch(name)
        }
        if kept:
            reply["headers"] = kept
        if streamed:
            events: list[JsonValue] = [_clean_event(event) for event in _events(body)]
            reply["events"] = events if whole else [*events, {"cut": True}]
        else:
            reply["status"] = response.status
            reply["body"] = _redacted(body.decode("utf-8", "replace"))
        with self._out.open("ab") as file:
            file.write(dumps(reply) + b"\n")


def _events(body: bytes) -> list[JsonObject]:
    parser = SseParser()
    try:
        found = [*parser.feed(body), *parser.finish()]
    except EventTooLargeError:
        return []
    values = (loads(data) for data in found)
    return [value for value in values if isinstance(value, dict) and isinstance(value.get("type"), str)]


def _clean_event(event: JsonObject) -> JsonObject:
    response = event.get("response")
    if isinstance(response, dict):
        event = {**event, "response": {key: response[key] for key in _KEPT_OF_RESPONSE if key in response}}
    return {key: _clean(value) for key, value in event.items() if key not in {"headers", "obfuscation"}}


def _clean(value: JsonValue) -> JsonValue:
    match value:
        case str():
            return _redacted(value)
        case list():
            return [_clean(item) for item in value]
        case dict():
            return {
                key: "recorded" if key == "encrypted_content" and item else _clean(item)
                for key, item in value.items()
            }
        case _:
            return value


def _redacted(text: str) -> str:
    return _SECRET.sub("[removed]", text)
