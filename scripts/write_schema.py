"""Write the wire's schemas into `schema/`, or check that those written are current.

usage: write_schema.py [--check]

`schema/json` and `schema/typescript` are the experimental flavours of `generate-json-schema` and
`generate-ts`: everything that can be on the wire.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from protocol.export.json_schema import json_schema_files  # noqa: E402 - the checkout comes first on the path
from protocol.export.typescript import typescript_files  # noqa: E402 - as above


def expected() -> dict[Path, bytes]:
    """Every file that there should be."""
    json, typescript = json_schema_files(experimental=True), typescript_files(experimental=True)
    found = {ROOT / "schema/json" / name: text for name, text in json.items()}
    return found | {ROOT / "schema/typescript" / name: text for name, text in typescript.items()}


def differences(files: dict[Path, bytes]) -> list[str]:
    """What is missing, differs, or should not be there."""
    present = {path for path in (ROOT / "schema").rglob("*") if path.is_file()}
    found = [f"missing: {path.relative_to(ROOT)}" for path in sorted(files.keys() - present)]
    found += [f"not ours: {path.relative_to(ROOT)}" for path in sorted(present - files.keys())]
    both = sorted(files.keys() & present)
    return found + [f"differs: {path.relative_to(ROOT)}" for path in both if path.read_bytes() != files[path]]


def write(files: dict[Path, bytes]) -> None:
    """Make `schema/` hold exactly these files."""
    for path in (ROOT / "schema").rglob("*"):
        if path.is_file() and path not in files:
            path.unlink()
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)


def main(arguments: list[str]) -> int:
    """Write or check; 1 when the check finds differences."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    files = expected()
    if not arguments:
        write(files)
        return 0
    found = differences(files)
    print("\n".join(found) if found else f"{len(files)} files are current")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
