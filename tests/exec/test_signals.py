"""Who may signal whom (P4)."""

import ast
from pathlib import Path

import pytest

import app_server


@pytest.mark.requirement("P4")
def test_nothing_of_ours_signals_a_bare_process_id() -> None:
    """Not even the platform's own modules, where the linter allows groups."""
    package = Path(app_server.__file__).parent
    calls = [
        (path.name, node.lineno)
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "kill" and ast.unparse(node.value) == "os"
    ]
    assert calls == []
