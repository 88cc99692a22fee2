"""Where logins to MCP servers are kept: the keyring, or `CODEX_HOME/.credentials.json` (tools.md §9.5)."""

import hashlib
import os
from importlib import import_module
from pathlib import Path
from typing import Final, NamedTuple, Protocol, cast

import orjson

from app_server.platform import replace_private_file
from protocol.wire import JsonObject, JsonValue

_SERVICE: Final = "Codex MCP Credentials"
_FILE: Final = ".credentials.json"


class McpLogin(NamedTuple):
    """A login to one server. Never shown."""

    server_name: str
    server_url: str
    client_id: str
    access_token: str
    refresh_token: str | None = None
    expires_at: int | None = None
    """Unix milliseconds; None: nobody knows."""
    scopes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"McpLogin({self.server_name})"


class LoginStorage(Protocol):
    """One place for all logins. All of it blocks."""

    def load(self, name: str, url: str) -> McpLogin | None: ...

    def save(self, login: McpLogin) -> None:
        """Raises OSError."""
        ...


class Logins(NamedTuple):
    """The logins of a CODEX_HOME, as its configuration has them kept."""

    codex_home: Path
    kind: str
    """`file`, `keyring` or `auto`."""

    @property
    def storage(self) -> LoginStorage:
        return storage_for(self.kind, self.codex_home)


def storage_for(kind: str, codex_home: Path) -> LoginStorage:
    """The storage of an `mcp_oauth_credentials_store`: `file`, `keyring` or `auto`."""
    file = FileLogins(codex_home / _FILE)
    match kind:
        case "file":
            return file
        case "keyring":
            return KeyringLogins()
        case _:
            return AutoLogins(KeyringLogins(), file)


def key_of(name: str, url: str) -> str:
    """What a login is kept under. Both servers know it by the same."""
    identity = orjson.dumps({"type": "http", "url": url, "headers": {}})
    return f"{name}|{hashlib.sha256(identity).hexdigest()[:16]}"


class FileLogins:
    """One file for all, readable by its owner alone, replaced in one step."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self, name: str, url: str) -> McpLogin | None:
        entry = self._read().get(key_of(name, url))
        return _from_file(entry) if isinstance(entry, dict) else None

    def save(self, login: McpLogin) -> None:
        entry: JsonObject = {
            "server_name": login.server_name,
            "server_url": login.server_url,
            "client_id": login.client_id,
            "access_token": login.access_token,
            "expires_at": login.expires_at,
            "refresh_token": login.refresh_token,
            "scopes": list(login.scopes),
        }
        kept = {**self._read(), key_of(login.server_name, login.server_url): entry}
        replace_private_file(os.path.realpath(self._path), orjson.dumps(kept))

    def _read(self) -> JsonObject:
        try:
            value: JsonValue = orjson.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return {}
        return value if isinstance(value, dict) else {}


class KeyringLogins:
    """An entry of the system's keyring for each."""

    def load(self, name: str, url: str) -> McpLogin | None:
        try:
            text = _keyring().get_password(_SERVICE, key_of(name, url))
            value: JsonValue = None if text is None else orjson.loads(text)
        except Exception:  # noqa: BLE001 - every system's keyring has errors of its own
            return None
        return _from_keyring(value) if isinstance(value, dict) else None

    def save(self, login: McpLogin) -> None:
        tokens: JsonObject = {"access_token": login.access_token, "token_type": "bearer"}
        if login.refresh_token is not None:
            tokens["refresh_token"] = login.refresh_token
        if login.scopes:
            tokens["scope"] = " ".join(login.scopes)
        entry: JsonObject = {
            "server_name": login.server_name,
            "url": login.server_url,
            "client_id": login.client_id,
            "token_response": tokens,
            "expires_at": login.expires_at,
        }
        try:
            name = key_of(login.server_name, login.server_url)
            _keyring().set_password(_SERVICE, name, orjson.dumps(entry).decode())
        except Exception as error:  # noqa: BLE001 - as above; its text may hold what was to be saved
            raise OSError(f"the system's keyring refused it ({type(error).__name__})") from None


class AutoLogins:
    """The keyring where there is one, else the file."""

    def __init__(self, keyring: LoginStorage, file: LoginStorage) -> None:
        self._keyring = keyring
        self._file = file

    def load(self, name: str, url: str) -> McpLogin | None:
        return self._keyring.load(name, url) or self._file.load(name, url)

    def save(self, login: McpLogin) -> None:
        try:
            self._keyring.save(login)
        except OSError:
            self._file.save(login)


def _from_file(entry: JsonObject) -> McpLogin | None:
    scopes = entry.get("scopes")
    return _login(
        entry,
        entry.get("server_url"),
        entry,
        tuple(one for one in scopes if isinstance(one, str)) if isinstance(scopes, list) else (),
    )


def _from_keyring(entry: JsonObject) -> McpLogin | None:
    tokens = entry.get("token_response")
    if not isinstance(tokens, dict):
        return None
    scope = tokens.get("scope")
    return _login(entry, entry.get("url"), tokens, tuple(scope.split()) if isinstance(scope, str) else ())


def _login(entry: JsonObject, url: JsonValue, tokens: JsonObject, scopes: tuple[str, ...]) -> McpLogin | None:
    name, client_id, access = entry.get("server_name"), entry.get("client_id"), tokens.get("access_token")
    refresh, expires_at = tokens.get("refresh_token"), entry.get("expires_at")
    if not (isinstance(name, str) and isinstance(url, str) and isinstance(access, str)):
        return None
    return McpLogin(
        name,
        url,
        client_id if isinstance(client_id, str) else "",
        access,
        refresh if isinstance(refresh, str) else None,
        expires_at if isinstance(expires_at, int) else None,
        scopes,
    )


class _Keyring(Protocol):
    """What we use of the package of that name."""

    def get_password(self, service_name: str, username: str) -> str | None: ...

    def set_password(self, service_name: str, username: str, password: str) -> None: ...


def _keyring() -> _Keyring:
    """The package, which is an extra. Raises ImportError."""
    return cast("_Keyring", import_module("keyring"))
