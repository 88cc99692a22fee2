"""A call that a model makes, and what may become of it."""

from collections.abc import Sequence
from typing import NamedTuple

from protocol.wire import JsonObject, JsonValue

Output = str | Sequence[JsonObject]
"""What the model gets: a text, parts of content, or the tools that a search found."""


class ToolCall(NamedTuple):
    """One call, as the model made it."""

    id: str
    name: str
    namespace: str | None
    input: JsonValue
    """The JSON text of a function's arguments, a custom tool's text, or a search's arguments."""

    @property
    def text(self) -> str:
        """The input of a function or a custom tool."""
        return self.input if isinstance(self.input, str) else ""


class FileState(NamedTuple):
    """A file before and after a change of it; None: there was none, or is none any more."""

    path: str
    """Absolute."""
    before: bytes | None
    after: bytes | None


class ToolRefusal(Exception):  # noqa: N818 - it is no error of ours: the model reads it and goes on
    """The call cannot be carried out; the text is what the model is told."""


class Unanswered(Exception):  # noqa: N818 - it says what happened
    """The client refused to answer a question, or nobody is there any more to answer it."""


class UnreadableAnswer(Exception):  # noqa: N818 - as above
    """The client's answer is not what the question asks for."""
