"""Shell, date and zone of the machine."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app_server.prompt import surroundings
from app_server.prompt.surroundings import date_and_zone, shell_name

pytestmark = pytest.mark.skipif(os.name != "posix", reason="accounts have a shell on POSIX only")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator["Machine"]:
    shell_name.cache_clear()
    yield Machine(monkeypatch, tmp_path)
    shell_name.cache_clear()


class Machine:
    """A system on which just these programs are installed."""

    def __init__(self, patch: pytest.MonkeyPatch, folder: Path) -> None:
        self._patch, self._folder = patch, folder
        self.set(installed=(), account=None)

    def set(self, *, installed: tuple[str, ...], account: str | None, mac: bool = False) -> None:
        for name in installed:
            (self._folder / name).touch(mode=0o755)
        self._patch.setattr(surroundings, "is_macos", mac)
        self._patch.setattr(surroundings, "_installed", installed.__contains__)
        path = None if account is None else str(self._folder / account)
        self._patch.setattr(surroundings, "login_shell", lambda: path)


@pytest.mark.parametrize(
    ("installed", "account", "mac", "expected"),
    [
        (("zsh", "bash"), "zsh", False, "zsh"),
        (("fish", "bash"), "fish", False, "bash"),
        (("zsh",), "fish", False, "zsh"),
        (("zsh", "bash"), "gone", False, "bash"),
        (("zsh", "bash"), "gone", True, "zsh"),
        (("bash",), "zsh", False, "bash"),
        ((), None, False, "sh"),
    ],
)
def test_the_shell_is_the_accounts_or_the_nearest_installed(
    machine: Machine, installed: tuple[str, ...], account: str | None, *, mac: bool, expected: str
) -> None:
    machine.set(installed=installed, account=account, mac=mac)

    assert shell_name() == expected


def test_the_date_is_local_and_the_zone_has_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "system_timezone", lambda: "Europe/Paris")

    assert date_and_zone()[1] == "Europe/Paris"
    assert len(date_and_zone(0)[0]) == len("1970-01-01")


def test_an_unknown_zone_means_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "system_timezone", lambda: None)

    assert date_and_zone(0) == ("1970-01-01", "Etc/UTC")
