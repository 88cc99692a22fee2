"""Every conversation that tests have with our server: one fixture holds each message against the schemas."""

import json

from pydantic import JsonValue

from support.oracle import Entry, JsonObject
from support.schema import OURS, Reader, Schemas


class Transcript(list[Entry]):
    """What one client sent and got, in order; it is looked at when the test ends in which it was begun."""

    def __init__(self, *, ours: bool = True, lasting: bool = False) -> None:
        """`ours`: it is our server that the client talks to; what another one says is its own affair."""
        super().__init__()
        self.lasting = lasting
        """It goes on in the tests that follow."""
        if ours:
            _begun.append((self, Reader(self)))

    def sent(self, message: JsonObject) -> None:
        self.append(Entry("out", message))

    def came(self, message: JsonObject) -> None:
        self.append(Entry("in", message))

    def sent_line(self, line: bytes) -> None:
        """A line of any kind; what is no message is not noted."""
        if (message := _message(line)) is not None:
            self.sent(message)

    def came_line(self, line: bytes) -> None:
        """The same for what came."""
        if (message := _message(line)) is not None:
            self.came(message)


def _message(line: bytes) -> JsonObject | None:
    try:
        message: JsonValue = json.loads(line)
    except ValueError:
        return None
    return message if isinstance(message, dict) else None


_begun: list[tuple[Transcript, Reader]] = []


_ours = Schemas(OURS)


def mismatches(*others: Schemas) -> list[str]:
    """What is wrong with the messages since the last call, as sentences.

    Held against our schemas, and against those of others too, whose clients must understand us.
    """
    found = [problem for _, reader in _begun for problem in reader.mismatches(_ours, *others)]
    _begun[:] = [(transcript, reader) for transcript, reader in _begun if transcript.lasting]
    return found
