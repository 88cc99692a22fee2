"""Keeps the catalogue new: asks the provider, and remembers the answer in a file (model-client.md §12)."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

import anyio
import orjson

from app_server.http.message import HttpError
from app_server.model import catalog
from app_server.model.catalog_entry import parse_models
from app_server.model.credentials import Credentials
from app_server.model.errors import ModelError
from app_server.model.headers import provider_headers
from app_server.model.lenient_json import loads
from app_server.model.login.issuer import Caller
from app_server.model.provider import ModelProvider
from app_server.platform import replace_private_file
from app_server.version import WIRE_VERSION
from protocol.wire import JsonObject, JsonValue

_log: Final = logging.getLogger("app_server.model")
_FRESH_SECONDS: Final = 300
_FETCH_SECONDS: Final = 5


class _Listed(NamedTuple):
    """A provider's list, as the file keeps it."""

    fetched_at: float
    etag: str | None
    entries: tuple[JsonObject, ...]


class CatalogSource:
    """Owns what is known of the list's age. Any failure leaves the catalogue as it is."""

    def __init__(self, codex_home: Path, caller: Caller, *, now: Callable[[], float] = time.time) -> None:
        self._path = codex_home / "models_cache.json"
        self._caller = caller
        self._now = now
        self._listed: _Listed | None = None
        self._lock = anyio.Lock()

    def recall(self) -> bool:
        """Whether a list of the provider's is in use; that of the file is taken, however old it is."""
        if self._listed is None:
            self._listed = self._read_file()
            self._use()
        return self._listed is not None

    async def refresh(self, provider: ModelProvider, credentials: Credentials) -> None:
        """Have a list that is no older than five minutes, if the provider gives one within five seconds."""
        self.recall()
        if self._is_fresh():
            return
        async with self._lock:
            if not self._is_fresh():  # whoever had the lock may have fetched it
                await self._fetch(provider, credentials)

    async def heard(self, etag: str, provider: ModelProvider, credentials: Credentials) -> None:
        """The provider says which list it has: the one that we know is as good as new, another is fetched."""
        self.recall()
        async with self._lock:
            if self._listed is not None and self._listed.etag == etag:
                self._still_holds(self._listed)
            else:
                await self._fetch(provider, credentials)

    async def _fetch(self, provider: ModelProvider, credentials: Credentials) -> None:
        with anyio.move_on_after(_FETCH_SECONDS):
            try:
                await self._ask(provider, credentials)
            except (HttpError, ModelError) as error:
                _log.warning("the provider's models cannot be listed: %s", error)

    async def _ask(self, provider: ModelProvider, credentials: Credentials) -> None:
        found = await credentials.current()
        url = found.url(provider, "models")
        url += f"{'&' if '?' in url else '?'}client_version={WIRE_VERSION}"
        headers = {**provider_headers(provider, {}), **dict(found.headers)}
        answer = await self._caller.send("GET", url, headers=headers, seconds=_FETCH_SECONDS)
        if not answer.is_success:
            _log.warning("the provider's models cannot be listed: status %d", answer.status)
            return
        entries = tuple(entry for _, entry in parse_models(answer.json.get("models")))
        self._listed = _Listed(self._now(), answer.headers.get("etag"), entries)
        self._use()
        if entries:
            self._write_file(self._listed)

    def _still_holds(self, listed: _Listed) -> None:
        self._listed = listed._replace(fetched_at=self._now())
        self._use()
        self._write_file(self._listed)

    def _use(self) -> None:
        if self._listed is not None and self._listed.entries:
            catalog.take(model for model, _ in parse_models(list(self._listed.entries)))

    def _read_file(self) -> _Listed | None:
        """What the file holds, however old, if it is of this version."""
        try:
            value = loads(self._path.read_bytes())
        except OSError:
            return None
        if not isinstance(value, dict) or value.get("client_version") != WIRE_VERSION:
            return None
        try:
            fetched_at = datetime.fromisoformat(str(value.get("fetched_at"))).timestamp()
        except (ValueError, OverflowError):
            return None
        entries = tuple(entry for _, entry in parse_models(value.get("models")))
        etag = value.get("etag")
        return _Listed(fetched_at, etag if isinstance(etag, str) else None, entries) if entries else None

    def _write_file(self, listed: _Listed) -> None:
        fetched = datetime.fromtimestamp(listed.fetched_at, UTC).isoformat().replace("+00:00", "Z")
        entries: list[JsonValue] = [*listed.entries]
        file: JsonObject = {
            "fetched_at": fetched,
            "etag": listed.etag,
            "client_version": WIRE_VERSION,
            "models": entries,
        }
        try:
            replace_private_file(self._path, orjson.dumps(file, option=orjson.OPT_INDENT_2))
        except OSError as error:
            _log.debug("the list of models cannot be kept: %s", error.strerror)

    def _is_fresh(self) -> bool:
        return self._listed is not None and 0 <= self._now() - self._listed.fetched_at < _FRESH_SECONDS
