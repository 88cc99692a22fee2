"""Counts that a test wants to be read, however it ends: they stand below all dots, a line for each test."""

from collections.abc import Iterator, Mapping, Sequence

import pytest

TABLE = "comparison"
"""The name under which a test records its line."""


def lines(reports: Mapping[str, Sequence[object]]) -> list[str]:
    """The lines of all tests, in the order of their names."""
    return sorted({line for some in reports.values() for report in some for line in _lines_of(report)})


def _lines_of(report: object) -> Iterator[str]:
    if isinstance(report, pytest.TestReport):
        yield from (str(value) for name, value in report.user_properties if name == TABLE)
