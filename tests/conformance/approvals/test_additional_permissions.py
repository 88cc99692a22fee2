"""Commands that ask for more than the sandbox allows, and stay in it (tools.md §5)."""

from pathlib import Path

import pytest
from support.calls import calling, outputs
from support.client import JsonObject
from support.connect import Connect
from support.conversation import run_turn
from support.permissions import (
    ASK,
    COMMAND,
    answers,
    command,
    files_asked,
    granting,
    request,
    thread,
    writes,
)
from support.requires import NEEDS_SANDBOX
from support.upstream import Upstream

pytestmark = NEEDS_SANDBOX

WIDER = "with_additional_permissions"
FEATURE = "exec_permission_approvals"


@pytest.mark.parametrize("script", ["echo x > OUT/new", "cat /etc/hostname"], ids=["ordinary", "safe"])
def test_a_command_may_ask_for_more_and_stays_in_its_sandbox(
    connect: Connect, upstream: Upstream, folder: Path, script: str
) -> None:
    out = folder.parent / "out"
    script = script.replace("OUT", str(out))
    how: JsonObject = {"sandbox_permissions": WIDER, "additional_permissions": writes(out)}
    upstream.script(
        calling(command(f"{script}; touch {out.parent}/elsewhere", how={**how, "justification": "May I?"}))
    )
    client = connect()
    asked = answers(client, COMMAND, {"decision": "accept"})

    run_turn(client, thread(client, folder, "on-request", FEATURE))

    (question,) = asked
    assert question["reason"] == "May I?"
    assert question["additionalPermissions"] == {"network": None, "fileSystem": files_asked(out)}
    assert question["availableDecisions"] == ["accept", "cancel"]
    assert (out / "new").exists() == ("new" in script)
    assert not (out.parent / "elsewhere").exists()


def test_more_that_was_allowed_for_the_session_is_not_asked_about_again(
    connect: Connect, upstream: Upstream, folder: Path
) -> None:
    out = folder.parent / "out"
    how: JsonObject = {"sandbox_permissions": WIDER, "additional_permissions": writes(out)}
    other: JsonObject = {**how, "additional_permissions": writes(out, folder.parent)}
    script = f"echo x >> {out}/new"
    upstream.script(
        calling(command(script, "x1", how=how)),
        calling(command(script, "x2", how=how)),
        calling(command(script, "x3", how=other)),
    )
    client = connect()
    asked = answers(client, COMMAND, {"decision": "acceptForSession"})

    run_turn(client, thread(client, folder, "on-request", FEATURE))

    assert [one["itemId"] for one in asked] == ["x1", "x3"]
    assert (out / "new").read_text() == "x\nx\nx\n"


def test_what_was_granted_before_needs_no_feature_and_no_question(
    connect: Connect, upstream: Upstream, folder: Path
) -> None:
    out = folder.parent / "out"
    how: JsonObject = {"sandbox_permissions": WIDER, "additional_permissions": writes(out)}
    upstream.script(
        calling(command("true", "x1", how=how)),
        calling(request(writes(out))),
        calling(command(f"echo x > {out}/new", "x2", how=how)),
    )
    client = connect()
    answers(client, ASK, granting(out))
    commands = answers(client, COMMAND, {"decision": "decline"})

    run_turn(client, thread(client, folder))

    assert outputs(upstream, 3)[0] == (
        "additional permissions are disabled; enable `features.exec_permission_approvals` before using "
        "`with_additional_permissions`"
    )
    assert commands == []
    assert (out / "new").exists()


def test_more_that_is_asked_for_in_a_wrong_way_is_refused(
    connect: Connect, upstream: Upstream, folder: Path
) -> None:
    wrong: list[JsonObject] = [
        {"sandbox_permissions": WIDER},
        {"sandbox_permissions": WIDER, "additional_permissions": {}},
        {"sandbox_permissions": WIDER, "additional_permissions": {"disk": True}},
        {"sandbox_permissions": "require_escalated", "additional_permissions": writes(folder)},
        {"sandbox_permissions": "all"},
    ]
    upstream.script(calling(*(command("true", f"x{number}", how) for number, how in enumerate(wrong))))
    client = connect()
    asked = answers(client, COMMAND, {"decision": "accept"})

    run_turn(client, thread(client, folder, "on-request", FEATURE))

    told = [str(output) for output in outputs(upstream)]
    kinds = "`network` or `file_system`"
    missing = f"missing `additional_permissions`; provide at least one of {kinds} when using `{WIDER}`"
    empty = f"`additional_permissions` must include at least one requested permission in {kinds}"
    other = f"`additional_permissions` requires `sandbox_permissions` set to `{WIDER}`"
    assert told[:4] == [missing, empty, empty, other]
    assert told[4].startswith(
        "failed to parse function arguments: unknown variant `all`, expected one of `use_default`, "
        "`require_escalated`, `with_additional_permissions`"
    )
    assert asked == []


@pytest.mark.parametrize(
    ("policy", "name"), [("untrusted", "UnlessTrusted"), ("on-failure", "OnFailure"), ("never", "Never")]
)
def test_under_other_policies_more_cannot_be_asked_for(
    connect: Connect, upstream: Upstream, folder: Path, policy: str, name: str
) -> None:
    how: JsonObject = {"sandbox_permissions": WIDER, "additional_permissions": writes(folder)}
    upstream.script(calling(command("true", how=how)))
    client = connect()

    run_turn(client, thread(client, folder, policy, FEATURE))

    policy_is = f"approval policy is {name}"
    cannot = f"you cannot ask for escalated permissions if the {policy_is}"
    assert outputs(upstream) == [f"{policy_is}; reject command — {cannot}"]
