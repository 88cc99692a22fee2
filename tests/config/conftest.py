import os
from pathlib import Path

import pytest
from support.machine import Machine


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.delenv("CODEX_SQLITE_HOME", raising=False)
    root = Path(os.path.realpath(tmp_path))
    folders = Machine(root / "home", root / "etc", root / "work")
    for folder in (folders.home, folders.system, folders.work):
        folder.mkdir()
    return folders
