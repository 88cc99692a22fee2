"""Install what is needed, then do the main job on the offline provider: `python3 scripts/run.py [--json]`.

Needs only a Python: no account, no network but for the installation. It spawns the server over stdio as a
desktop app would (`$CODEX_CLI_PATH app-server` when that is set), looks at a prompt, runs a turn, attests,
and shows the header that reached the upstream. Exit code 0 means that every step was seen.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
from pathlib import Path

from environment import ROOT, VENV, MissingError, ensure, require_python, say


def main() -> int:
    """Run it; answer the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", 1)[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object instead")
    options = parser.parse_args()
    try:
        require_python(Path(__file__), sys.argv[1:])
        python = ensure(["demo"])
    except MissingError as missing:
        say(f"missing: {missing}")
        return 1
    if Path(sys.prefix).resolve() != VENV:
        return subprocess.call([str(python), __file__, *sys.argv[1:]])
    return show_main_job(as_json=options.json)


def show_main_job(*, as_json: bool) -> int:
    """Do it with what is installed; answer the exit code."""
    # Only the environment's own Python has what these need.
    from demo.report import STEPS
    from demo.session import do_main_job
    from demo.view import SilentView, TerminalView

    stdout: object = sys.stdout
    if isinstance(stdout, io.TextIOWrapper):
        # A terminal without Unicode shows question marks rather than nothing at all.
        stdout.reconfigure(errors="replace")
    view = SilentView() if as_json else TerminalView()
    report = do_main_job(view, ROOT / "build" / "demo")
    if isinstance(view, TerminalView):
        view.end(report)
    else:
        print(json.dumps(report.as_json()))
        for step in report.missing:
            say(f"missing: {STEPS[step]}")
        for trouble in report.troubles:
            say(f"trouble: {trouble}")
    return 0 if not report.missing else 1


if __name__ == "__main__":
    sys.exit(main())
