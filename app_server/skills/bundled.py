"""The skills that come with the server, put where a model can read them (persistence.md §1.2)."""

import logging
import os
from pathlib import Path

logger = logging.getLogger("app_server.skills")

BUNDLED_FOLDER = os.path.join("skills", ".system")
MARKER = ".codex-system-skills.marker"
FINGERPRINT = "99e3723087ab1466"
"""Of the bytes of our skills, so that a start need not read them all; a test says when it is out of date."""

_SOURCE = Path(__file__).parent / "bundled_skills"


def install_bundled(codex_home: Path) -> None:
    """Put our skills in place of what is there, unless the marker says that they are there. Never raises.

    Another server's skills in this folder give way to ours, as ours do to its: each says with its marker
    whose they are. Blocks.
    """
    target = codex_home / BUNDLED_FOLDER
    try:
        if _marker(target) != FINGERPRINT:
            _replace(target)
    except OSError as error:
        logger.warning("the bundled skills cannot be installed: %s", error)


def remove_bundled(codex_home: Path) -> None:
    """Take them away, because nobody wants them. Never raises. Blocks."""
    target = codex_home / BUNDLED_FOLDER
    if not target.exists():
        return
    from shutil import rmtree  # once in a home's life

    rmtree(target, ignore_errors=True)


def fingerprint() -> str:
    """Sixteen digits that change with any byte of our skills."""
    from hashlib import sha256

    digest = sha256()
    for path in _files():
        digest.update(f"{path.relative_to(_SOURCE).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _files() -> list[Path]:
    return sorted(path for path in _SOURCE.rglob("*") if path.is_file())


def _marker(target: Path) -> str | None:
    try:
        return (target / MARKER).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None


def _replace(target: Path) -> None:
    from shutil import rmtree

    if target.exists():
        rmtree(target)
    for path in _files():
        copy = target / path.relative_to(_SOURCE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    # Last, so that an installation that broke off is made anew.
    (target / MARKER).write_text(f"{FINGERPRINT}\n", encoding="utf-8")
