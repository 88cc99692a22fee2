"""Where a login is kept, by a whole server and the one after it (model-client.md §9.2).

The system's keyring is a package of the test's own, found before any other.
"""

import json
from pathlib import Path

import pytest
from support.client import Client, JsonObject
from support.home import write_config

KEYRING = """
import json, pathlib
FILE = pathlib.Path(__file__).with_name("kept.json")

def _all():
    return json.loads(FILE.read_text()) if FILE.exists() else {}

def get_password(service, name):
    return _all().get(f"{service}/{name}")

def set_password(service, name, text):
    FILE.write_text(json.dumps({**_all(), f"{service}/{name}": text}))

def delete_password(service, name):
    kept = _all()
    del kept[f"{service}/{name}"]
    FILE.write_text(json.dumps(kept))
"""
LOCKED = """
def get_password(*words):
    raise RuntimeError("locked")

set_password = delete_password = get_password
"""
KEY: JsonObject = {"type": "apiKey", "apiKey": "sk-secret"}
APIKEY: JsonObject = {"type": "apiKey"}


class Home:
    """A home with a kind of store, and a keyring beside it."""

    def __init__(self, home: Path, command: tuple[str, ...], kind: str, keyring: str) -> None:
        self.path = home / "home"
        self.keyring = home / "keyring"
        self._command = command
        for folder in (self.path, self.keyring):
            folder.mkdir()
        (self.keyring / "keyring.py").write_text(keyring, encoding="utf-8")
        kept = f'cli_auth_credentials_store = "{kind}"'
        write_config(self.path, "http://127.0.0.1:9/v1", chatgpt=True, extra=kept)

    def client(self) -> Client:
        return Client(self._command, self.path, env={"PYTHONPATH": str(self.keyring)})

    @property
    def file(self) -> Path:
        return self.path / "auth.json"

    @property
    def in_keyring(self) -> list[str]:
        """The names of what the keyring holds."""
        kept = self.keyring / "kept.json"
        return list(json.loads(kept.read_text())) if kept.exists() else []


@pytest.mark.parametrize(
    ("kind", "keyring", "in_file", "in_keyring", "lasts"),
    [
        ("file", KEYRING, True, False, True),
        ("keyring", KEYRING, False, True, True),
        ("auto", KEYRING, False, True, True),
        ("auto", LOCKED, True, False, True),
        ("ephemeral", KEYRING, False, False, False),
    ],
    ids=["file", "keyring", "auto", "auto without a keyring", "ephemeral"],
)
def test_a_login_is_kept_where_the_configuration_says(
    our_server: tuple[str, ...],
    peer_home: Path,
    kind: str,
    keyring: str,
    in_file: bool,
    in_keyring: bool,
    lasts: bool,
) -> None:
    home = Home(peer_home, (*our_server, "app-server"), kind, keyring)

    with home.client() as client:
        client.initialize()
        assert client.call("account/login/start", KEY) == APIKEY
        assert client.call("account/read", {})["account"] == APIKEY
    assert home.file.exists() is in_file
    assert [name.partition("|")[0] for name in home.in_keyring] == ["Codex Auth/cli"] * in_keyring

    with home.client() as client:
        client.initialize()
        assert client.call("account/read", {})["account"] == (APIKEY if lasts else None)
        client.call("account/logout")
        assert client.call("account/read", {})["account"] is None
    assert (home.file.exists(), home.in_keyring) == (False, [])


def test_a_locked_keyring_is_told_and_shows_nothing_of_the_login(
    our_server: tuple[str, ...], peer_home: Path
) -> None:
    home = Home(peer_home, (*our_server, "app-server"), "keyring", LOCKED)

    with home.client() as client:
        client.initialize()
        refused = client.refusal("account/login/start", KEY)
        assert client.call("account/read", {})["account"] is None

    assert (refused.code, refused.message.startswith("failed to save api key: ")) == (-32603, True)
    said = client.stderr_path.read_bytes() + b"".join(client.raw_lines)
    assert b"sk-secret" not in said
    assert not home.file.exists()
