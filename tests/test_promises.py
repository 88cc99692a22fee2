"""The manifest of promises and the tests that keep them agree, both ways."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parent
STATES = {"kept", "later"}


def _promises() -> dict[str, dict[str, str]]:
    return tomllib.loads((TESTS / "promises.toml").read_text(encoding="utf-8"))


def _marks(tree: ast.AST) -> Iterator[str]:
    """Every id in `pytest.mark.requirement("…")`, wherever it stands: decorator, pytestmark or parameter."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="requirement"), args=arguments):
                yield from (str(one.value) for one in arguments if isinstance(one, ast.Constant))
            case _:
                pass


def _tested() -> dict[str, set[str]]:
    """Promise → the test files that are marked with it."""
    found: dict[str, set[str]] = {}
    for path in TESTS.rglob("test_*.py"):
        for mark in _marks(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(mark, set()).add(path.relative_to(TESTS).as_posix())
    return found


def test_every_promise_is_stated_in_full() -> None:
    odd = {
        name: promise
        for name, promise in _promises().items()
        if promise.keys() != {"line", "status"} or promise["status"] not in STATES or not promise["line"]
    }

    assert odd == {}


def test_every_kept_promise_has_a_test() -> None:
    tested = _tested()

    untested = [
        name for name, promise in _promises().items() if promise["status"] == "kept" and name not in tested
    ]

    assert untested == []


def test_every_marked_test_names_a_known_promise() -> None:
    unknown = {name: files for name, files in _tested().items() if name not in _promises()}

    assert unknown == {}
