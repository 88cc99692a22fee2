"""Commands in the sandbox of a policy, as the server would run them."""

import os
from collections.abc import Sequence
from pathlib import Path

import anyio

from app_server.config.permissions import SandboxPolicy
from app_server.exec.process import open_process
from app_server.sandbox.confine import confined
from app_server.sandbox.confinement import confinement_of

DEADLINE = 30


async def run_confined(argv: Sequence[str], cwd: Path, policy: SandboxPolicy) -> tuple[int, str]:
    """How a command ends in the sandbox, and what it says."""
    confinement = confinement_of(policy, str(cwd), None)
    assert confinement is not None
    line = await confined(tuple(argv), str(cwd), confinement)
    said = b""
    command = line.command(str(cwd), dict(os.environ))._replace(merged=True)
    with anyio.fail_after(DEADLINE):
        async with open_process(command) as process:
            while data := await process.stdout.receive(65_536):
                said += data
            return await process.wait(), said.decode()
