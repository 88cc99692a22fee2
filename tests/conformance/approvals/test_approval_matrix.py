"""The table of decisions on a whole server: what is asked, runs, is refused, or fails (tools.md §6.1).

One server for each sandbox, one thread for each policy, one turn for all actions; whoever is asked says yes.
"""

from pathlib import Path

import pytest
from pydantic import JsonValue
from support import sse
from support.calls import calling, items, outputs
from support.client import JsonObject
from support.connect import Connect
from support.conversation import run_turn, start_thread
from support.requires import NEEDS_SANDBOX
from support.upstream import Upstream

pytestmark = NEEDS_SANDBOX

RUNS, ASKS, REFUSED, FAILS = "runs", "asks", "refused", "fails"
ESCALATED: JsonObject = {"sandbox_permissions": "require_escalated"}
ACTIONS: dict[str, tuple[str, JsonObject]] = {
    "safe": ("echo looks", {}),
    "ordinary": ("expr 1 + 1 && test 1", {}),
    "dangerous": ("rm -f nothing", {}),
    "escalated": ("expr 2 + 2", ESCALATED),
    "safe-escalated": ("echo out", ESCALATED),
    "outside": ("touch OUTSIDE", {}),
}
FREE = "danger-full-access"
SANDBOXES = ("read-only", "workspace-write", FREE)


def granular(*, sandbox_approval: bool = True, rules: bool = True) -> JsonObject:
    """Every flag is on but for those that the test names."""
    flags: JsonObject = {"sandbox_approval": sandbox_approval, "rules": rules}
    flags |= dict.fromkeys(("mcp_elicitations", "skill_approval", "request_permissions"), True)
    return {"granular": flags}


POLICIES: dict[str, JsonValue] = {
    "untrusted": "untrusted",
    "on-failure": "on-failure",
    "on-request": "on-request",
    "never": "never",
    "granular": granular(),
    "granular, no rules": granular(rules=False),
    "granular, no sandbox approval": granular(sandbox_approval=False),
}
CONFINED: dict[str, tuple[str, ...]] = {
    "untrusted": (RUNS, ASKS, ASKS, REFUSED, REFUSED, ASKS),
    "on-failure": (RUNS, RUNS, ASKS, REFUSED, REFUSED, ASKS),
    "on-request": (RUNS, RUNS, ASKS, ASKS, ASKS, FAILS),
    "never": (RUNS, RUNS, REFUSED, REFUSED, REFUSED, FAILS),
    "granular": (RUNS, RUNS, ASKS, REFUSED, REFUSED, ASKS),
    "granular, no rules": (RUNS, RUNS, ASKS, REFUSED, REFUSED, ASKS),
    "granular, no sandbox approval": (RUNS, RUNS, REFUSED, REFUSED, REFUSED, FAILS),
}
UNCONFINED: dict[str, tuple[str, ...]] = {
    "untrusted": (RUNS, ASKS, ASKS, REFUSED, REFUSED, ASKS),
    "on-failure": (RUNS, RUNS, ASKS, REFUSED, REFUSED, RUNS),
    "on-request": (RUNS, RUNS, ASKS, RUNS, RUNS, RUNS),
    "never": (RUNS, RUNS, RUNS, REFUSED, REFUSED, RUNS),
    "granular": (RUNS, RUNS, ASKS, REFUSED, REFUSED, RUNS),
    "granular, no rules": (RUNS, RUNS, ASKS, REFUSED, REFUSED, RUNS),
    "granular, no sandbox approval": (RUNS, RUNS, REFUSED, REFUSED, REFUSED, RUNS),
}


@pytest.mark.parametrize("sandbox", SANDBOXES)
def test_what_may_run_is_as_the_table_says(
    connect: Connect, upstream: Upstream, tmp_path: Path, sandbox: str
) -> None:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    client = connect()
    asked: set[str] = set()

    def accept(params: JsonObject) -> JsonObject:
        asked.add(str(params["itemId"]))
        return {"decision": "accept"}

    client.on("item/commandExecution/requestApproval", accept)
    found: dict[str, tuple[str, ...]] = {}
    for number, (name, policy) in enumerate(POLICIES.items()):
        asked.clear()
        outside = tmp_path / f"made-{number}"
        calls = [
            sse.call(
                "shell_command",
                {"command": script.replace("OUTSIDE", str(outside)), "login": False, **how},
                action,
            )
            for action, (script, how) in ACTIONS.items()
        ]
        upstream.script(calling(*calls))
        thread_id = start_thread(
            client,
            cwd=str(workspace),
            approvalPolicy=policy,
            sandbox=sandbox,
            config={"features": {"unified_exec": False}},
        )

        turn = run_turn(client, thread_id)

        ended = {str(item["id"]): item["exitCode"] for item in items(turn, "commandExecution")}
        told = dict(zip(ACTIONS, map(str, outputs(upstream, -1)), strict=True))
        found[name] = tuple(
            REFUSED
            if not told[action].startswith("Exit code: ")
            else ASKS
            if action in asked
            else RUNS
            if ended[action] == 0
            else FAILS
            for action in ACTIONS
        )
        assert outside.exists() == (found[name][-1] in (RUNS, ASKS))

    assert found == (UNCONFINED if sandbox == FREE else CONFINED)


PLACES = ("inside", "outside", "protected")
PATCHED: dict[str, dict[str, tuple[str, ...]]] = {
    "read-only": {
        "untrusted": (ASKS, ASKS, ASKS),
        "on-failure": (RUNS, RUNS, RUNS),
        "on-request": (ASKS, ASKS, ASKS),
        "never": (REFUSED, REFUSED, REFUSED),
        "granular": (ASKS, ASKS, ASKS),
        "granular, no rules": (ASKS, ASKS, ASKS),
        "granular, no sandbox approval": (REFUSED, REFUSED, REFUSED),
    },
    "workspace-write": {
        "untrusted": (ASKS, ASKS, ASKS),
        "on-failure": (RUNS, RUNS, RUNS),
        "on-request": (RUNS, ASKS, ASKS),
        "never": (RUNS, REFUSED, REFUSED),
        "granular": (RUNS, ASKS, ASKS),
        "granular, no rules": (RUNS, ASKS, ASKS),
        "granular, no sandbox approval": (RUNS, REFUSED, REFUSED),
    },
    FREE: {name: (ASKS, ASKS, ASKS) if name == "untrusted" else (RUNS, RUNS, RUNS) for name in POLICIES},
}


def adding(path: Path, call_id: str) -> sse.Event:
    text = f"*** Begin Patch\n*** Add File: {path}\n+x\n*** End Patch"
    return sse.item_done(
        {"type": "custom_tool_call", "name": "apply_patch", "input": text, "call_id": call_id}
    )


@pytest.mark.parametrize("sandbox", SANDBOXES)
def test_what_may_be_patched_is_as_the_table_says(
    connect: Connect, upstream: Upstream, tmp_path: Path, sandbox: str
) -> None:
    workspace = tmp_path / "workspace"
    (workspace / ".git").mkdir(parents=True)
    client = connect()
    asked: set[str] = set()

    def accept(params: JsonObject) -> JsonObject:
        asked.add(str(params["itemId"]))
        return {"decision": "accept"}

    client.on("item/fileChange/requestApproval", accept)
    found: dict[str, tuple[str, ...]] = {}
    for number, (name, policy) in enumerate(POLICIES.items()):
        asked.clear()
        folders = dict(zip(PLACES, (workspace, tmp_path, workspace / ".git"), strict=True))
        files = {place: folder / f"made-{number}" for place, folder in folders.items()}
        upstream.script(calling(*(adding(file, place) for place, file in files.items())))
        thread_id = start_thread(client, cwd=str(workspace), approvalPolicy=policy, sandbox=sandbox)

        run_turn(client, thread_id)

        found[name] = tuple(
            ASKS if place in asked else RUNS if file.exists() else REFUSED for place, file in files.items()
        )
        assert [file.exists() for file in files.values()] == [one != REFUSED for one in found[name]]

    assert found == PATCHED[sandbox]
