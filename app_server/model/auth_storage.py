"""Where a login is kept: `auth.json`, the system's keyring, either, or nowhere (model-client.md §9.2)."""

import os
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol, cast

import orjson

from app_server.platform import replace_private_file
from protocol.wire import JsonObject, JsonValue

_SERVICE: Final = "Codex Auth"


class StorageError(Exception):
    """The login cannot be kept, or not be deleted. `str()` holds nothing of the login."""


class AuthStorage(Protocol):
    """One place for one login. All of it blocks."""

    def load(self) -> JsonObject | None:
        """What is kept; None when there is nothing, or nothing that can be read."""
        ...

    def save(self, login: JsonObject) -> None:
        """Raises StorageError."""
        ...

    def delete(self) -> None:
        """Nothing happens when there is none. Raises StorageError."""
        ...

    def stamp(self) -> object:
        """Something that differs after another process has changed what is kept; cheap to ask for."""
        ...


def storage_for(kind: str, codex_home: Path) -> AuthStorage:
    """The storage of a `cli_auth_credentials_store`."""
    file = FileStorage(codex_home / "auth.json")
    match kind:
        case "keyring":
            return KeyringStorage(codex_home, file)
        case "auto":
            return AutoStorage(KeyringStorage(codex_home, file), file)
        case "ephemeral":
            return MemoryStorage()
        case _:
            return file


class FileStorage:
    """`auth.json`, readable by its owner alone, replaced in one step so that nobody reads half of it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> JsonObject | None:
        try:
            value: JsonValue = orjson.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return None
        return value if isinstance(value, dict) else None

    def save(self, login: JsonObject) -> None:
        try:
            # A link to a file elsewhere stays one.
            replace_private_file(
                os.path.realpath(self._path), orjson.dumps(login, option=orjson.OPT_INDENT_2) + b"\n"
            )
        except OSError as error:
            raise StorageError(f"{error.strerror} (os error {error.errno})") from None

    def delete(self) -> None:
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(f"{error.strerror} (os error {error.errno})") from None

    def stamp(self) -> object:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino


class KeyringStorage:
    """The system's keyring. A login there leaves no file behind."""

    def __init__(self, codex_home: Path, file: FileStorage) -> None:
        from hashlib import sha256  # few logins are kept here

        home = os.path.realpath(codex_home)
        self._name = f"cli|{sha256(home.encode(errors='surrogateescape')).hexdigest()[:16]}"
        self._file = file

    def load(self) -> JsonObject | None:
        try:
            text = _keyring().get_password(_SERVICE, self._name)
            value: JsonValue = None if text is None else orjson.loads(text)
        except Exception:  # noqa: BLE001 - every system's keyring has errors of its own
            return None
        return value if isinstance(value, dict) else None

    def save(self, login: JsonObject) -> None:
        try:
            _keyring().set_password(_SERVICE, self._name, orjson.dumps(login).decode())
        except ImportError:
            raise _no_keyring() from None
        except Exception as error:  # noqa: BLE001 - as above
            # Its text may hold what was to be saved.
            raise StorageError(f"the system's keyring refused it ({type(error).__name__})") from None
        self._file.delete()

    def delete(self) -> None:
        try:
            keyring = _keyring()
            if keyring.get_password(_SERVICE, self._name) is not None:
                keyring.delete_password(_SERVICE, self._name)
        except ImportError:
            raise _no_keyring() from None
        except Exception as error:  # noqa: BLE001 - as above
            raise StorageError(f"the system's keyring refused it ({type(error).__name__})") from None
        self._file.delete()

    def stamp(self) -> object:
        """Nothing: a keyring tells nobody of changes."""
        return None


class AutoStorage:
    """The keyring where there is one, else the file."""

    def __init__(self, keyring: AuthStorage, file: FileStorage) -> None:
        self._keyring = keyring
        self._file = file

    def load(self) -> JsonObject | None:
        found = self._keyring.load()
        return self._file.load() if found is None else found

    def save(self, login: JsonObject) -> None:
        try:
            self._keyring.save(login)
        except StorageError:
            self._file.save(login)

    def delete(self) -> None:
        try:
            self._keyring.delete()
        except StorageError:
            self._file.delete()

    def stamp(self) -> object:
        return self._file.stamp()


class MemoryStorage:
    """Forgotten when the process ends."""

    def __init__(self) -> None:
        self._login: JsonObject | None = None

    def load(self) -> JsonObject | None:
        return self._login

    def save(self, login: JsonObject) -> None:
        self._login = login

    def delete(self) -> None:
        self._login = None

    def stamp(self) -> object:
        return None


class _Keyring(Protocol):
    """What we use of the package of that name."""

    def get_password(self, service_name: str, username: str) -> str | None: ...

    def set_password(self, service_name: str, username: str, password: str) -> None: ...

    def delete_password(self, service_name: str, username: str) -> None: ...


def _keyring() -> _Keyring:
    """The package, which is an extra. Raises ImportError."""
    return cast("_Keyring", import_module("keyring"))


def _no_keyring() -> StorageError:
    return StorageError(
        "the system's keyring needs the package `keyring` (pip install 'codex-app-server[keyring]')"
    )
