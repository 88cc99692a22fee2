"""A patch shown to clients while the model still writes it (tools.md §4.3)."""

from collections.abc import Callable
from typing import Final

import anyio

from app_server.model.answer.events import CustomToolInputDelta
from app_server.tools.patch.streamed import StreamedPatch
from protocol.item_progress import FileChangePatchUpdatedNotification
from protocol.wire import JsonObject, WireModel

_APART_SECONDS: Final = 0.5
"""What comes sooner after the last one waits for the next, or for the end of the call."""


class PatchInProgress:
    """One call of `apply_patch` as it streams in."""

    def __init__(
        self,
        item: JsonObject,
        thread_id: str,
        turn_id: str,
        emit: Callable[[WireModel], None],
        now: Callable[[], float] = anyio.current_time,
    ) -> None:
        self._ids = (item.get("id"), item.get("call_id"))
        self._call_id = str(item["call_id"])
        self._thread_id = thread_id
        self._turn_id = turn_id
        self._emit = emit
        self._now = now
        self._patch = StreamedPatch()
        self._told_at: float | None = None
        self._untold = False

    def hear(self, piece: CustomToolInputDelta) -> None:
        """Take a piece of the input, if it belongs to this call."""
        if piece.call_id != self._ids[1] and (piece.item_id is None or piece.item_id != self._ids[0]):
            return
        self._untold = self._patch.feed(piece.text) or self._untold
        if self._untold and (self._told_at is None or self._now() - self._told_at >= _APART_SECONDS):
            self._tell()

    def finish(self) -> None:
        """The call is whole: what was not told yet is told."""
        if self._untold:
            self._tell()

    def _tell(self) -> None:
        self._told_at, self._untold = self._now(), False
        self._emit(
            FileChangePatchUpdatedNotification(
                thread_id=self._thread_id,
                turn_id=self._turn_id,
                item_id=self._call_id,
                changes=self._patch.changes(),
            )
        )


def is_patch(item: JsonObject) -> bool:
    """Whether the item that opens is a call that writes a patch."""
    return (
        item.get("type") == "custom_tool_call"
        and item.get("name") == "apply_patch"
        and isinstance(item.get("call_id"), str)
    )
