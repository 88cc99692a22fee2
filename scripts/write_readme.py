"""Fill in the part of README.md that the code knows best: which methods work. `--check` only compares.

Run it with the environment's Python: `.venv/bin/python scripts/write_readme.py`.
"""

import sys
from collections import defaultdict

from readme import README, with_part

from app_server.handlers.table import HANDLERS
from protocol.methods import CLIENT_REQUESTS

HANDSHAKE = "initialize"
"""Answered by the connection itself; no handler stands for it."""


def main() -> int:
    """Write it or compare it; answer the exit code."""
    before = README.read_text("utf-8")
    after = with_part(before, "methods", methods())
    if "--check" in sys.argv[1:]:
        if after != before:
            print("README.md does not tell what works now: run scripts/write_readme.py")
        return int(after != before)
    README.write_text(after, "utf-8")
    return 0


def methods() -> str:
    """One row an area: what is answered, and what is not yet."""
    works: dict[str, list[str]] = defaultdict(list)
    later: dict[str, list[str]] = defaultdict(list)
    for name in CLIENT_REQUESTS:
        area, _, rest = name.partition("/")
        (works if name in HANDLERS or name == HANDSHAKE else later)[area].append(rest or area)
    rows = [f"| {area} | {_listed(names)} | {_listed(later[area])} |" for area, names in works.items()]
    others = ", ".join(f"`{area}`" for area in later if area not in works)
    count = sum(map(len, works.values()))
    table = "\n".join(["| area | answered | not yet |", "|---|---|---|", *rows])
    rest = f"\nNot yet at all: {others}.\n" if others else ""
    return f"{count} of {len(CLIENT_REQUESTS)} methods are answered:\n\n{table}\n{rest}"


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    sys.exit(main())
