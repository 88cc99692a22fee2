"""A login in the system's keyring, and what happens where there is none (model-client.md §9.2)."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from app_server.model.auth_storage import StorageError, storage_for
from protocol.wire import JsonObject

LOGIN: JsonObject = {"OPENAI_API_KEY": "sk-secret"}


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """What the keyring holds."""
    kept: dict[tuple[str, str], str] = {}

    def get(service: str, name: str) -> str | None:
        return kept.get((service, name))

    def put(service: str, name: str, text: str) -> None:
        kept[service, name] = text

    def delete(service: str, name: str) -> None:
        del kept[service, name]

    fake = SimpleNamespace(get_password=get, set_password=put, delete_password=delete)
    monkeypatch.setitem(sys.modules, "keyring", fake)
    return kept


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A keyring that is locked."""

    def refuse(*words: str) -> str:
        raise RuntimeError(" ".join(words))

    fake = SimpleNamespace(get_password=refuse, set_password=refuse, delete_password=refuse)
    monkeypatch.setitem(sys.modules, "keyring", fake)


@pytest.mark.parametrize("kind", ["keyring", "auto"])
def test_a_login_in_the_keyring_leaves_no_file(
    kind: str, tmp_path: Path, kept: dict[tuple[str, str], str]
) -> None:
    (tmp_path / "auth.json").write_text("{}", encoding="utf-8")
    storage = storage_for(kind, tmp_path)

    storage.save(LOGIN)

    assert storage.load() == LOGIN
    assert [service for service, _ in kept] == ["Codex Auth"]
    assert not (tmp_path / "auth.json").exists()
    storage.delete()
    assert (storage.load(), kept) == (None, {})


@pytest.mark.usefixtures("refusing")
def test_a_locked_keyring_is_told_without_the_login(tmp_path: Path) -> None:
    storage = storage_for("keyring", tmp_path)

    assert storage.load() is None
    with pytest.raises(StorageError) as refused:
        storage.save(LOGIN)
    assert "sk-secret" not in str(refused.value)
    assert "RuntimeError" in str(refused.value)


@pytest.mark.usefixtures("refusing")
def test_the_file_stands_in_for_a_locked_keyring(tmp_path: Path) -> None:
    storage = storage_for("auto", tmp_path)

    storage.save(LOGIN)

    assert storage.load() == LOGIN
    assert (tmp_path / "auth.json").exists()
    storage.delete()
    assert not (tmp_path / "auth.json").exists()
