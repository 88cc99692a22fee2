"""The set-up must be right on machines that nobody sees: what it does, it does here with a pretended pip."""

import sys
from importlib.util import cache_from_source
from pathlib import Path

import environment
import pytest


@pytest.fixture
def installs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A project folder with a pretended environment; each install of extras lands in the list."""
    done: list[list[str]] = []
    (tmp_path / "pyproject.toml").write_text("[project]\n", "utf-8")
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "STAMP", tmp_path / ".venv" / "installed.txt")

    def always_runs(*_: object) -> bool:
        return True

    def install(_: Path, extras: list[str]) -> None:
        done.append(extras)

    monkeypatch.setattr(environment, "_runs", always_runs)
    monkeypatch.setattr(environment, "_install", install)
    return done


def test_a_second_call_installs_nothing(installs: list[list[str]]) -> None:
    environment.ensure(["demo"])
    environment.ensure(["demo"])

    assert installs == [["demo"]]


def test_what_was_installed_before_stays_installed(installs: list[list[str]]) -> None:
    environment.ensure(["dev", "peers"])
    environment.ensure(["demo"])
    environment.ensure(["dev"])

    assert installs == [["dev", "peers"], ["demo", "dev", "peers"]]


def test_a_changed_project_file_installs_again(installs: list[list[str]]) -> None:
    environment.ensure(["demo"])

    (environment.ROOT / "pyproject.toml").write_text("[project]\nname = 'x'\n", "utf-8")
    environment.ensure(["demo"])

    assert installs == [["demo"], ["demo"]]


def test_what_a_start_imports_is_compiled_beforehand(
    installs: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    module = environment.ROOT / "app_server" / "module.py"
    module.parent.mkdir()
    module.write_text("", "utf-8")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")

    def this_python(_: str) -> Path:
        return Path(sys.executable)

    monkeypatch.setattr(environment, "venv_executable", this_python)

    environment.ensure(["demo"])

    assert Path(cache_from_source(str(module))).exists()


def test_an_unreachable_index_is_named_by_what_was_wanted_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pip = tmp_path / "pip.py"
    pip.write_text(
        "import sys; sys.exit('  error: subprocess-exited-with-error\\n      WARNING: Retrying\\n'"
        "'      ERROR: No matching distribution found for hatchling\\n  note: from a subprocess')",
        "utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    with pytest.raises(environment.MissingError, match=r"reachable\?\): No matching .* found for hatchling$"):
        environment._install(Path(sys.executable), ["demo"])  # pyright: ignore[reportPrivateUsage]


def test_an_old_python_without_a_newer_one_is_named_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "OLDEST", (99, 0))
    monkeypatch.setenv("PATH", "")

    with pytest.raises(
        environment.MissingError, match=r"^Python 99\.0 or newer is needed; this is 3\.\d+\.\d+$"
    ):
        environment.require_python(Path("test.py"), [])
