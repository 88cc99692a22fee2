"""Turns with commands leave nothing behind, and the soak that says so must go on working."""

import subprocess
import sys
from pathlib import Path

import pytest
from soak import Left, over

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "soak.py"


@pytest.mark.requirement("P2")
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere what leaves its group escapes")
@pytest.mark.timeout(180)
def test_twenty_turns_with_commands_leave_nothing_over() -> None:
    soaked = subprocess.run(
        [sys.executable, str(SCRIPT), "--turns", "20"], capture_output=True, text=True, check=False
    )

    assert soaked.stdout.splitlines()[-1:] == ["nothing is left over, and the memory is flat"], soaked
    assert soaked.returncode == 0


def test_more_of_anything_is_told_and_memory_may_breathe() -> None:
    before = Left(children=1, descriptors=10, threads=4, tasks=6, resident_mib=50.0)

    assert over(Left(1, 10, 3, 6, 55.0), before) == []
    assert over(Left(2, 10, 4, 7, 60.0), before) == ["children", "tasks", "memory"]
