"""The main job as a person watches it in a terminal, a narrow one too."""

import json
from typing import cast

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from protocol.wire import JsonObject

from .flow import Flow
from .report import STEPS, Report

_INDENT = 4
_GAP = 2
_LEAST_ROOM = 8
"""Characters of a part's beginning that are shown however narrow the terminal is."""


class SilentView:
    """For machines, who read the report."""

    def step(self, report: Report, name: str) -> None:
        """Say nothing."""

    def event(self, method: str, params: JsonObject) -> None:
        """Say nothing."""


class TerminalView:
    """Prints each step, the prompt's parts, and the items while they stream in."""

    def __init__(self, console: Console | None = None) -> None:
        """Write to stdout, unless another console is given."""
        self._console = console or Console(highlight=False)
        self._flow: Flow | None = None

    def step(self, report: Report, name: str) -> None:
        """One line for the step, and what there is to show of it."""
        if name not in report.seen:
            self._marked("not seen", "red", STEPS[name])
            return
        self._marked("ok", "green", STEPS[name])
        if name == "initialize":
            self._indented(Text(report.server, style="dim"))
        elif name == "prompt":
            self._indented(_prompt_table(report.prompt_input, self._console.width - _INDENT))
        elif name == "header":
            self._indented(Text("x-oai-attestation:", style="dim"))
            self._indented(Text(report.header or "", style="bold"))
            self._indented(Text(f"decoded: {json.dumps(report.envelope)}"))

    def event(self, method: str, params: JsonObject) -> None:
        """Deltas are joined into running text, everything else is one line."""
        if method.endswith(("/delta", "Delta")):
            self._flow = self._flow or Flow(self._console)
            self._flow.add(str(params.get("delta", "")))
            return
        if self._flow is not None:
            self._flow.end()
        self._flow = None
        item = params.get("item")
        kind = f" {item['type']}" if isinstance(item, dict) else ""
        self._indented(Text(method + kind, style="dim"))

    def end(self, report: Report) -> None:
        """What is missing, a line each; or that nothing is."""
        for trouble in report.troubles:
            self._marked("trouble:", "red", trouble)
        for step in report.missing:
            self._marked("missing:", "red", STEPS[step])
        if not report.missing:
            self._console.print(Text("all steps were seen", style="green"))

    def _marked(self, mark: str, colour: str, text: str) -> None:
        line = Table.grid(padding=(0, 2, 0, 0))
        line.add_column(no_wrap=True)
        line.add_row(Text(mark, style=colour), Text(text))
        self._console.print(line)

    def _indented(self, what: Text | Table) -> None:
        self._console.print(Padding(what, (0, 0, 0, _INDENT), expand=False))


def _prompt_table(items: list[JsonObject], width: int) -> Table:
    """A row for each part; what does not fit into the width is the end of the part's first line."""
    parts = [
        (str(item.get("role", "")), str(part["type"]), str(part.get("text", "")))
        for item in items
        for part in cast("list[JsonObject]", item.get("content", []))
    ]
    rows = [("role", "part", "bytes", "begins with")]
    rows += [(role, kind, str(len(text.encode())), text.strip()) for role, kind, text in parts]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)][:3]
    room = width - sum(widths) - _GAP * len(widths)
    table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, show_header=False)
    for number, row in enumerate(rows):
        beginning = Text(row[3].split("\n", 1)[0])
        beginning.truncate(max(_LEAST_ROOM, room), overflow="ellipsis")
        table.add_row(*row[:3], beginning, style="" if number else "dim")
    for column in table.columns:
        column.no_wrap = True
    return table
