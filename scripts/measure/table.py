"""The readings of both servers, side by side."""

import os
import platform
from dataclasses import dataclass
from statistics import median

from rich import box
from rich.console import Console
from rich.table import Table

from .rows import ROWS, Readings, Row


@dataclass(frozen=True, slots=True)
class Comparison:
    """One row with both medians; the reference's is None when it was not measured."""

    row: Row
    ours: float
    reference: float | None

    @property
    def ratio(self) -> float | None:
        """Ours divided by the reference's; None where the difference of two readings would be divided."""
        return self.ours / self.reference if self.reference and self.row.at_most is None else None

    @property
    def holds(self) -> bool | None:
        """Whether ours is within the row's bound, in itself or as a ratio; None when there is none."""
        if self.row.at_most is not None:
            return self.ours <= self.row.at_most
        if self.ratio is None or self.row.bound is None:
            return None
        return self.ratio <= self.row.bound


def compare(ours: list[Readings], reference: list[Readings]) -> list[Comparison]:
    """The medians of all runs, in the order of the rows; rows that were not measured are left out.

    What only our server has stands alone.
    """
    return [
        Comparison(
            row, _median(row.key, ours), _median(row.key, reference) if _measured(row, reference) else None
        )
        for row in ROWS
        if _measured(row, ours) and (row.ours_alone or not reference or _measured(row, reference))
    ]


def _measured(row: Row, readings: list[Readings]) -> bool:
    return bool(readings) and all(row.key in one for one in readings)


def print_table(comparisons: list[Comparison], reference_name: str, runs: int) -> None:
    """Show it in a terminal."""
    table = Table(title=f"medians of {runs} runs, taken in turns", title_justify="left", box=box.SIMPLE)
    table.add_column("what")
    for column in ("ours", reference_name, "ratio", "bound"):
        table.add_column(column, justify="right")
    for one in comparisons:
        colour = {True: "green", False: "red", None: "default"}[one.holds]
        table.add_row(
            one.row.label,
            _with_unit(one.ours, one.row.unit)
            if one.row.at_most is None
            else f"[{colour}]{_with_unit(one.ours, one.row.unit)}[/]",
            "" if one.reference is None else _with_unit(one.reference, one.row.unit),
            "" if one.ratio is None else f"[{colour}]{one.ratio:.2f}[/]",
            _bound(one.row),
        )
    Console().print(table)


def as_markdown(comparisons: list[Comparison], reference_name: str, runs: int) -> str:
    """The same for README.md."""
    where = f"{os.cpu_count()} processors, Python {platform.python_version()}, {platform.system()}"
    lines = [f"Medians of {runs} runs on {where}.", ""]
    lines += [f"| what | ours | {reference_name} | ratio |", "|---|---:|---:|---:|"]
    for one in comparisons:
        reference = "" if one.reference is None else _with_unit(one.reference, one.row.unit)
        ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
        what = f"{one.row.label} ({one.row.meaning})"
        lines.append(f"| {what} | {_with_unit(one.ours, one.row.unit)} | {reference} | {ratio} |")
    return "\n".join(lines)


def as_json(comparisons: list[Comparison], reference_name: str, runs: int) -> dict[str, object]:
    """The same for machines."""
    rows = {
        one.row.key: {
            "ours": one.ours,
            "reference": one.reference,
            "ratio": one.ratio,
            "bound": one.row.bound,
            "at_most": one.row.at_most,
            "unit": one.row.unit,
            "meaning": one.row.meaning,
        }
        for one in comparisons
    }
    return {"runs": runs, "reference": reference_name, "rows": rows}


def _median(key: str, lives: list[Readings]) -> float:
    return median(readings[key] for readings in lives)


def _bound(row: Row) -> str:
    if row.at_most is not None:
        return f"≤ {_with_unit(row.at_most, row.unit)}"
    return "" if row.bound is None else f"≤ {row.bound}"


def _with_unit(value: float, unit: str) -> str:
    return f"{value:,.0f} {unit}" if value >= 1000 or unit == "results" else f"{value:.1f} {unit}"
