"""Ids and times as threads and turns carry them (threads-and-turns.md §1)."""

import time
import uuid

import uuid_utils


def new_thread_id() -> str:
    """A UUIDv7: ids of threads and turns sort by their creation."""
    return str(uuid_utils.uuid7())


new_turn_id = new_thread_id


def new_item_id() -> str:
    """A random UUID, for items that the model gave no id."""
    return str(uuid.uuid4())


def unix_seconds() -> int:
    return int(time.time())


def unix_millis() -> int:
    return int(time.time() * 1000)
