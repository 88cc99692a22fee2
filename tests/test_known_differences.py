"""The list of what reference servers fail agrees with the tests that are there."""

import tomllib
from pathlib import Path

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
        if f"def {test.partition('[')[0]}(" not in texts[area]
    ]

    assert gone == []


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
