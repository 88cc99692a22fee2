"""Text that arrives in pieces, shown at once and broken between words, behind a bar."""

import re

from rich.console import Console
from rich.text import Text

_BAR = "    │ "
_PIECES = re.compile(r"\n|[^\S\n]+|\S+")


class Flow:
    """One running text. A word is shown when it is whole, so that it is never torn between two lines."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._room = max(1, console.width - len(_BAR))
        self._column = 0
        self._word = ""
        self._show(_BAR)

    def add(self, text: str) -> None:
        """Show what is whole of it."""
        pieces: list[str] = _PIECES.findall(self._word + text)
        self._word = pieces.pop() if pieces and not pieces[-1].isspace() else ""
        for piece in pieces:
            self._place(piece)

    def end(self) -> None:
        """Show the rest, and end the line."""
        self._place(self._word)
        self._show("\n")

    def _place(self, piece: str) -> None:
        if piece == "\n" or (self._column and self._column + len(piece) > self._room):
            self._show("\n" + _BAR)
            self._column = 0
            if piece.isspace():
                return
        self._column += len(piece)
        self._show(piece)

    def _show(self, text: str) -> None:
        self._console.print(Text(text), end="", soft_wrap=True)
