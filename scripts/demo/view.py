"""The main job as a person watches it in a terminal."""

import json
from typing import cast

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from protocol.wire import JsonObject

from .report import STEPS, Report


class SilentView:
    """For machines, who read the report."""

    def step(self, report: Report, name: str) -> None:
        """Say nothing."""

    def event(self, method: str, params: JsonObject) -> None:
        """Say nothing."""


class TerminalView:
    """Prints each step, the prompt's parts, and the items while they stream in."""

    def __init__(self) -> None:
        """Write to stdout."""
        self._console = Console(highlight=False)
        self._streaming = False

    def step(self, report: Report, name: str) -> None:
        """One line for the step, and what there is to show of it."""
        if name not in report.seen:
            self._console.print(f"[red]not seen[/]  {escape(STEPS[name])}")
            return
        self._console.print(f"[green]ok[/]  {escape(STEPS[name])}")
        if name == "initialize":
            self._console.print(f"    [dim]{escape(report.server)}[/]")
        elif name == "prompt":
            self._console.print(_prompt_table(report.prompt_input))
        elif name == "header":
            self._console.print(f"    x-oai-attestation: [bold]{escape(report.header or '')}[/]")
            self._console.print(f"    decoded: {escape(json.dumps(report.envelope))}")

    def event(self, method: str, params: JsonObject) -> None:
        """Deltas are joined into running text, everything else is one line."""
        if method.endswith(("/delta", "Delta")):
            text = str(params.get("delta", "")).replace("\n", "\n    │ ")
            self._console.print(escape(text if self._streaming else f"    │ {text}"), end="", soft_wrap=True)
            self._streaming = True
            return
        if self._streaming:
            self._console.print()
        self._streaming = False
        item = params.get("item")
        kind = f" {item['type']}" if isinstance(item, dict) else ""
        self._console.print(f"    [dim]{escape(method + kind)}[/]")

    def end(self, report: Report) -> None:
        """What is missing, a line each; or that nothing is."""
        for trouble in report.troubles:
            self._console.print(f"[red]trouble:[/] {escape(trouble)}")
        for step in report.missing:
            self._console.print(f"[red]missing:[/] {escape(STEPS[step])}")
        if not report.missing:
            self._console.print("[green]all steps were seen[/]")


def _prompt_table(items: list[JsonObject]) -> Padding:
    table = Table("role", "part", "bytes", box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("begins with", no_wrap=True, max_width=44)
    for item in items:
        parts = cast("list[JsonObject]", item.get("content", []))
        for part in parts:
            text = str(part.get("text", ""))
            first_line = text.strip().split("\n", 1)[0]
            size = str(len(text.encode()))
            table.add_row(str(item.get("role", "")), str(part["type"]), size, escape(first_line))
    return Padding(table, (0, 0, 0, 4))
