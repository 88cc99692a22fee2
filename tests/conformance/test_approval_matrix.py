"""A part of the table of decisions on a whole server: what is asked, runs, is refused (tools.md §6.1)."""

import shutil
import sys
from pathlib import Path

import pytest
from support import sse
from support.calls import calling, items, outputs
from support.client import JsonObject
from support.connect import Connect
from support.conversation import run_turn, start_thread
from support.upstream import Upstream

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or (sys.platform == "linux" and shutil.which("bwrap") is None),
    reason="needs a POSIX shell and a sandbox",
)

ACTIONS = {"safe": "echo looks", "ordinary": "expr 1 + 1 && test 1", "dangerous": "rm -f nothing"}
SANDBOXES = ("read-only", "workspace-write", "danger-full-access")
EXPECTED = {
    "untrusted": {"safe": "runs", "ordinary": "asks", "dangerous": "asks"},
    "on-failure": {"safe": "runs", "ordinary": "runs", "dangerous": "asks"},
    "on-request": {"safe": "runs", "ordinary": "runs", "dangerous": "asks"},
    "never": {"safe": "runs", "ordinary": "runs", "dangerous": "refused"},
}


@pytest.mark.parametrize("sandbox", SANDBOXES)
@pytest.mark.parametrize("policy", EXPECTED)
def test_what_may_run_is_as_the_table_says(
    connect: Connect, upstream: Upstream, tmp_path: Path, policy: str, sandbox: str
) -> None:
    calls = [
        sse.call("shell_command", {"command": script, "login": False}, name)
        for name, script in ACTIONS.items()
    ]
    upstream.script(calling(*calls))
    client = connect()
    asked: list[str] = []

    def accept(params: JsonObject) -> JsonObject:
        asked.append(str(params["itemId"]))
        return {"decision": "accept"}

    client.on("item/commandExecution/requestApproval", accept)
    thread_id = start_thread(
        client,
        cwd=str(tmp_path),
        approvalPolicy=policy,
        sandbox=sandbox,
        config={"features": {"unified_exec": False}},
    )

    turn = run_turn(client, thread_id)

    expected = dict(EXPECTED[policy])
    if (policy, sandbox) == ("never", "danger-full-access"):
        expected["dangerous"] = "runs"
    assert sorted(asked) == sorted(name for name, what in expected.items() if what == "asks")
    ran = {str(item["id"]) for item in items(turn, "commandExecution") if item["exitCode"] == 0}
    assert ran == {name for name, what in expected.items() if what != "refused"}
    for name, output in zip(ACTIONS, map(str, outputs(upstream)), strict=True):
        if expected[name] == "refused":
            assert output.endswith("rejected: blocked by policy")
        else:
            assert output.startswith("Exit code: 0\nWall time: ")
