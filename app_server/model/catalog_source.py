"""Keeps the catalogue new: asks the provider, and remembers the answer in a file (model-client.md §12)."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import anyio
import orjson

from app_server.model import catalog
from app_server.model.catalog_entry import parse_models
from app_server.model.credentials import Credentials
from app_server.model.errors import ModelError
from app_server.model.headers import provider_headers
from app_server.model.http import HttpError
from app_server.model.lenient_json import loads
from app_server.model.login.issuer import Caller
from app_server.model.provider import ModelProvider
from app_server.platform import replace_private_file
from app_server.version import WIRE_VERSION
from protocol.wire import JsonObject, JsonValue

_log: Final = logging.getLogger("app_server.model")
_FRESH_SECONDS: Final = 300
_FETCH_SECONDS: Final = 5


class CatalogSource:
    """Owns what is known of the list's age. Any failure leaves the catalogue as it is."""

    def __init__(self, codex_home: Path, caller: Caller, *, now: Callable[[], float] = time.time) -> None:
        self._path = codex_home / "models_cache.json"
        self._caller = caller
        self._now = now
        self._fetched_at: float | None = None
        self._lock = anyio.Lock()

    async def refresh(self, provider: ModelProvider, credentials: Credentials) -> None:
        """Have a list that is no older than five minutes, if the provider gives one within five seconds."""
        async with self._lock:
            if self._is_fresh(self._fetched_at) or self._take_file():
                return
            with anyio.move_on_after(_FETCH_SECONDS):
                try:
                    await self._fetch(provider, credentials)
                except (HttpError, ModelError) as error:
                    _log.warning("the provider's models cannot be listed: %s", error)

    async def _fetch(self, provider: ModelProvider, credentials: Credentials) -> None:
        found = await credentials.current()
        url = provider.url("models", chatgpt_login=found.chatgpt_login)
        url += f"{'&' if '?' in url else '?'}client_version={WIRE_VERSION}"
        headers = {**provider_headers(provider, {}), **dict(found.headers)}
        answer = await self._caller.send("GET", url, headers=headers, seconds=_FETCH_SECONDS)
        if not answer.is_success:
            _log.warning("the provider's models cannot be listed: status %d", answer.status)
            return
        models = parse_models(answer.json.get("models"))
        self._fetched_at = self._now()
        if not models:
            return
        catalog.take(model for model, _ in models)
        entries: list[JsonValue] = [entry for _, entry in models]
        self._remember(entries)

    def _take_file(self) -> bool:
        """Whether the file is fresh, of this version, and holds models; they are in use then."""
        try:
            value = loads(self._path.read_bytes())
        except OSError:
            return False
        if not isinstance(value, dict) or value.get("client_version") != WIRE_VERSION:
            return False
        try:
            fetched_at = datetime.fromisoformat(str(value.get("fetched_at"))).timestamp()
        except ValueError:
            return False
        models = parse_models(value.get("models"))
        if not self._is_fresh(fetched_at) or not models:
            return False
        self._fetched_at = fetched_at
        catalog.take(model for model, _ in models)
        return True

    def _remember(self, entries: list[JsonValue]) -> None:
        fetched = datetime.fromtimestamp(self._now(), UTC).isoformat().replace("+00:00", "Z")
        file: JsonObject = {
            "fetched_at": fetched,
            "etag": None,
            "client_version": WIRE_VERSION,
            "models": entries,
        }
        try:
            replace_private_file(self._path, orjson.dumps(file, option=orjson.OPT_INDENT_2))
        except OSError as error:
            _log.debug("the list of models cannot be kept: %s", error.strerror)

    def _is_fresh(self, fetched_at: float | None) -> bool:
        return fetched_at is not None and 0 <= self._now() - fetched_at < _FRESH_SECONDS
