"""The list of what reference servers fail agrees with the tests that are there."""

import re
import tomllib
from pathlib import Path

from support.known_differences import ANY, stands_for

CONFORMANCE = Path(__file__).resolve().parent / "conformance"


def _known() -> dict[str, dict[str, dict[str, object]]]:
    return tomllib.loads((CONFORMANCE / "known_differences.toml").read_text(encoding="utf-8"))


def test_every_known_difference_is_of_a_test_that_is_there() -> None:
    files = {file.stem.removeprefix("test_"): file for file in CONFORMANCE.rglob("test_*.py")}
    texts = {area: files[area].read_text(encoding="utf-8") if area in files else "" for area in _known()}

    gone = [
        f"{area}.{test}"
        for area, tests in _known().items()
        for test in tests
        if not _is_there(test, texts[area])
    ]

    assert gone == []


def _is_there(test: str, text: str) -> bool:
    """Whether a test has this name, and the words of a pattern for its parameters stand in the file."""
    name, _, parameters = test.partition("[")
    words = re.findall(r"\w+", parameters) if ANY in test else []
    named = re.findall(r"def (test_\w+)\(", text)
    return any(stands_for(name, one) for one in named) and all(word in text for word in words)


def test_every_known_difference_has_its_reason() -> None:
    odd = [
        (test, version)
        for tests in _known().values()
        for test, versions in tests.items()
        for version, reason in versions.items()
        if not _is_reason(reason)
    ]

    assert odd == []


def _is_reason(reason: object) -> bool:
    match reason:
        case str(text) | {"sometimes": str(text)}:
            return len(text) > 10
        case _:
            return False
