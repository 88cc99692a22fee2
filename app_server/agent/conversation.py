"""What has been said in one thread: the history that the model sees, and the durable log of it.

Owns both, so that they cannot part: whatever enters the history is queued for the log in the same step.
"""

from collections.abc import Iterable, Sequence

from app_server.prompt.items import recorded
from app_server.prompt.truncation import TruncationPolicy, truncate_output
from app_server.store import records
from app_server.store.rollout_items import RolloutItem
from app_server.store.thread_log import ThreadLog
from protocol.wire import JsonObject


class Conversation:
    """History and log of a thread, and the settings that the model was last told."""

    def __init__(self, log: ThreadLog, truncation: TruncationPolicy) -> None:
        """`truncation` is the model's limit for tool outputs."""
        self._log = log
        self._history: list[JsonObject] = []
        self.truncation = truncation
        self.reference: JsonObject | None = None
        """The last recorded turn context, against which a turn's updates are told; None: tell everything."""

    @property
    def history(self) -> Sequence[JsonObject]:
        return self._history

    def log_file(self) -> ThreadLog:
        """Where the thread is recorded; only for making it durable and for letting it go."""
        return self._log

    def restore(self, history: Iterable[JsonObject], reference: JsonObject | None) -> None:
        """Take up what the log holds already, in the form that it had when it was recorded."""
        kept = (form for item in history if (form := recorded(item)) is not None)
        self._history = [truncate_output(item, self.truncation) for item in kept]
        self.reference = reference

    def add(self, items: Iterable[JsonObject]) -> None:
        """Append items that the model sees from now on; tool outputs are cut to the model's limit here, once.

        The log keeps them whole (persistence.md §2.5). Items of a kind that no history holds are dropped.
        """
        for item in items:
            kept = recorded(item)
            if kept is not None:
                self._history.append(truncate_output(kept, self.truncation))
                self._log.append(records.response_item(item))

    def replace(
        self, items: Iterable[JsonObject], *, message: str, context: JsonObject | None = None
    ) -> None:
        """Put a compacted history in the place of the one so far (persistence.md §2.2).

        `context` are the settings that it describes; None: the next turn tells the model everything anew.
        """
        before = self._history
        self._history = [kept for item in items if (kept := recorded(item)) is not None]
        self._log.append(records.compacted(message, self._history, before))
        self.reference = None
        if context is not None:
            self.describe(context)

    def log(self, *lines: RolloutItem) -> None:
        """Append lines that only the log needs."""
        self._log.append(*lines)

    def describe(self, context: JsonObject) -> None:
        """Log the settings of the turn that begins; later turns are compared with them."""
        self.reference = context
        self._log.append(records.turn_context(context))
