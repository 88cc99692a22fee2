"""The list of what a reference server is known to do differently: which of its entries is a test's."""

import re
from collections.abc import Mapping
from typing import Final

Reason = str | Mapping[str, str]
Area = Mapping[str, Mapping[str, Reason]]

ANY: Final = "*"


def reason_of(area: Area, test: str, version: str) -> Reason | None:
    """Why the test fails with this version: the entry of its name, of a pattern, or of all its parameters."""
    patterns = [name for name in area if ANY in name and stands_for(name, test)]
    for name in (test, *patterns, test.partition("[")[0]):
        if version in (entry := area.get(name, {})):
            return entry[version]
    return None


def stands_for(pattern: str, test: str) -> bool:
    """Whether the pattern, in which a star is any text, is the whole of the test's name."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split(ANY))), test) is not None
