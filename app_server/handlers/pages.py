"""Cursors of lists kept in memory: the place of the next row, as a decimal number (services.md §1.2)."""

from collections.abc import Sequence
from typing import TypeVar

from protocol.jsonrpc import invalid_request

Row = TypeVar("Row")


def page(
    rows: Sequence[Row], cursor: str | None, limit: int | None, what: str
) -> tuple[Sequence[Row], str | None]:
    """The rows from the cursor on, and the cursor of the next page. Raises RpcError for a bad one.

    Without a limit everything; a limit of 0 counts as 1. `what` names the rows in the error.
    """
    start = 0
    if cursor is not None:
        if not (cursor.isascii() and cursor.isdecimal()):
            raise invalid_request(f"invalid cursor: {cursor}", kind="invalid_cursor")
        start = int(cursor)
        if start > len(rows):
            raise invalid_request(f"cursor {start} exceeds total {what} {len(rows)}", kind="invalid_cursor")
    end = len(rows) if limit is None else start + max(1, limit)
    return rows[start:end], str(end) if end < len(rows) else None
