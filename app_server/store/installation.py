"""The id of this installation: made once, kept in the home, shared with the reference (persistence.md §1)."""

import logging
import os
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from app_server.platform import allow_mode, lock_file

_MODE: Final = 0o644
logger = logging.getLogger("app_server.store")


def installation_id_or_new(home: Path) -> str:
    """The installation's id; one for this process alone where the home cannot keep it."""
    try:
        return installation_id(home)
    except OSError as error:
        logger.warning("the installation has no lasting id: %s", error)
        return str(uuid4())


def installation_id(home: Path) -> str:
    """The stored id, or a new one where there is none that can be read. Raises OSError.

    Two servers that start at once get the same id: the file is locked while it is looked at.
    """
    home.mkdir(parents=True, exist_ok=True)
    fd = os.open(home / "installation_id", os.O_RDWR | os.O_CREAT, _MODE)
    with os.fdopen(fd, "r+b") as file:
        lock_file(fd)  # until the file is closed
        allow_mode(fd, _MODE)
        known = _parsed(file.read(1024))
        if known is not None:
            return known
        fresh = str(UUID(bytes=os.urandom(16), version=4))
        file.seek(0)
        file.truncate()
        file.write(fresh.encode())
        file.flush()
        os.fsync(fd)
        return fresh


def _parsed(text: bytes) -> str | None:
    try:
        return str(UUID(text.decode("ascii").strip()))
    except ValueError:
        return None
