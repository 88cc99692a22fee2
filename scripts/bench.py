"""Measure our server against the reference in one sitting: `.venv/bin/python scripts/bench.py`.

Both are spawned in turns (ours, reference, ours, …), each with a home folder of its own that a first life,
which does not count, has filled, against an upstream that answers at once. A reading is the median over the
runs. The system counts processor time in ticks of 10 ms, so `delta_cpu` has a grain of 0.6 µs.
"""

import argparse
import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

from environment import ROOT, MissingError, ensure, say, venv_executable
from measure.rows import ROWS, Readings, measured_life
from measure.table import as_json, as_markdown, compare, print_table
from measure.upstream import Upstream, instant_upstream
from peers import FOLLOWED, fetch_reference
from readme import write_part

HOMES = ROOT / "build" / "bench"
"""Not the system's folder for temporary files, which the reference does not accept as a home."""


def main() -> int:
    """Measure and print; answer the exit code."""
    options = _options()
    try:
        commands = {"ours": _our_command(options.server)}
        if options.reference != "none":
            commands["reference"] = _reference_command(options.reference)
    except MissingError as missing:
        say(f"missing: {missing}")
        return 1
    lives: dict[str, list[Readings]] = {name: [] for name in commands}
    with instant_upstream() as upstream:
        for run in range(options.runs + 1):
            for name, command in commands.items():
                say(f"run {run} of {options.runs}: {name}" if run else f"warming up: {name}")
                readings = measured_life(command, _home(name, upstream), upstream, _wanted(options.only, run))
                if run:
                    lives[name].append(readings)
    comparisons = compare(lives["ours"], lives.get("reference", []))
    comparisons = [one for one in comparisons if not options.only or one.row.key in options.only]
    if options.json:
        print(json.dumps(as_json(comparisons, options.reference, options.runs), indent=2))
    elif options.readme:
        write_part("figures", as_markdown(comparisons, options.reference, options.runs))
    else:
        print_table(comparisons, options.reference[-12:], options.runs)
    return 0


def _options() -> argparse.Namespace:
    rows = "\n".join(f"  {row.key:20} {row.unit:8} {row.meaning}" for row in ROWS)
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=f"rows:\n{rows}", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5, help="lives of each server that count (default 5)")
    parser.add_argument("--only", action="append", metavar="ROW", help="only this row; may be repeated")
    parser.add_argument("--json", action="store_true", help="print the readings as JSON")
    parser.add_argument("--readme", action="store_true", help="put the table into README.md")
    parser.add_argument("--server", help="another command than ours, with all its arguments")
    parser.add_argument(
        "--reference",
        default=FOLLOWED,
        metavar="VERSION|COMMAND|none",
        help=f"a version that npm has, or a command with all its arguments (default {FOLLOWED})",
    )
    return parser.parse_args()


def _our_command(given: str | None) -> list[str]:
    if given:
        return shlex.split(given)
    ensure(["demo"])
    return [str(venv_executable("codex-app-server")), "app-server"]


def _reference_command(given: str) -> list[str]:
    if given[:1].isdigit():
        return [str(fetch_reference(given)), "app-server"]
    command = shlex.split(given)
    return [*command, "app-server"] if len(command) == 1 else command


def _home(name: str, upstream: Upstream) -> Path:
    home = HOMES / name
    home.mkdir(parents=True, exist_ok=True)
    provider = f'name = "bench"\nbase_url = "{upstream.base_url}"\nwire_api = "responses"\n'
    config = f'model = "gpt-5.4"\nmodel_provider = "bench"\n\n[model_providers.bench]\n{provider}'
    (home / "config.toml").write_text(config, "utf-8")
    return home


def _wanted(only: list[str] | None, run: int) -> Callable[[str], bool]:
    return lambda key: run > 0 and (not only or key in only)


if __name__ == "__main__":
    sys.exit(main())
