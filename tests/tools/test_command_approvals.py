"""The way of a command to its run: questions, every answer, what is remembered (tools.md §6.2)."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from support.tools import Host, TurnEndedError, turn_approvals

from app_server.config.permissions import GranularApproval
from app_server.config.rules import CommandRules, PrefixRule
from app_server.tools.approvals.decision import ShellTool
from app_server.tools.approvals.proposal import CommandProposal
from app_server.tools.asking.commands import Cleared, clear_command, clear_retry
from app_server.tools.call import ToolRefusal, UnreadableAnswer
from protocol.approval import (
    AcceptWithExecpolicyAmendmentCommandExecutionApprovalDecision,
    CommandExecutionApprovalDecision,
    CommandExecutionRequestApprovalParams,
    CommandExecutionRequestApprovalResponse,
    ExecpolicyAmendmentChoice,
)
from protocol.item_parts import UnknownCommandAction
from protocol.wire import WireModel

REJECTED = (
    "exec_command failed for `/bin/bash -lc 'touch x'`: "
    'CreateProcess { message: "Rejected(\\"rejected by user\\")" }'
)


@dataclass
class Item:
    """Remembers what was shown of it."""

    seen: list[str] = field(default_factory=list[str])

    def begin(self) -> None:
        self.seen.append("+")

    def end(self, status: str) -> None:
        self.seen.append(f"-{status}")


def proposal(
    script: str = "touch x",
    tool: ShellTool = "exec_command",
    *,
    shell: str = "/bin/bash",
    cwd: str = "/ws",
    permissions: str = "use_default",
    prefix: tuple[str, ...] = (),
) -> CommandProposal:
    return CommandProposal(
        tool,
        "c1",
        (shell, "-lc", script),
        f"{shell} -lc '{script}'",
        cwd,
        (UnknownCommandAction(command=script),),
        sandbox_permissions=permissions,
        justification="May I?" if permissions != "use_default" else None,
        prefix_rule=prefix,
    )


def answering(host: Host, decision: CommandExecutionApprovalDecision) -> Host:
    host.answer = lambda _: CommandExecutionRequestApprovalResponse(decision=decision)
    return host


def host_under(policy: str = "untrusted", home: Path = Path("/nowhere"), *rules: PrefixRule) -> Host:
    approved = turn_approvals(policy, home=home, rules=CommandRules(rules))  # type: ignore[arg-type]
    return Host(approvals=approved)


async def test_a_question_says_what_would_run_and_what_could_be_answered() -> None:
    host, item = answering(host_under("on-request"), "accept"), Item()

    cleared = await clear_command(host, proposal(permissions="require_escalated", prefix=("touch",)), item)

    assert cleared == Cleared(sandboxed=False, asked=True, amendment=("touch",))
    assert item.seen == ["+"]
    ((method, params),) = host.asked
    assert method == "item/commandExecution/requestApproval"
    assert isinstance(params, CommandExecutionRequestApprovalParams)
    wire = params.to_wire()
    assert wire["availableDecisions"] == [
        "accept",
        {"acceptWithExecpolicyAmendment": {"execpolicy_amendment": ["touch"]}},
        "cancel",
    ]
    assert (wire["reason"], wire["command"], wire["cwd"]) == ("May I?", "/bin/bash -lc 'touch x'", "/ws")
    assert wire["proposedExecpolicyAmendment"] == ["touch"]


async def test_what_is_accepted_stays_in_its_sandbox_and_is_asked_again() -> None:
    host = answering(host_under(), "accept")

    for _ in range(2):
        cleared = await clear_command(host, proposal(), Item())
        assert cleared == Cleared(sandboxed=True, asked=True, amendment=("touch", "x"))

    assert len(host.asked) == 2


async def test_what_is_accepted_for_the_session_is_not_asked_again_in_the_same_place() -> None:
    host = answering(host_under(), "acceptForSession")

    await clear_command(host, proposal(), Item())
    await clear_command(host, proposal(shell="bash"), Item())
    asked_here = len(host.asked)
    await clear_command(host, proposal(cwd="/elsewhere"), Item())
    await clear_command(host, proposal("touch y"), Item())

    assert (asked_here, len(host.asked)) == (1, 3)


async def test_a_rule_that_is_accepted_is_kept_once_and_holds_at_once(tmp_path: Path) -> None:
    rules = tmp_path / "rules" / "default.rules"
    rules.parent.mkdir()
    rules.write_text('prefix_rule(["ls"])')
    choice = ExecpolicyAmendmentChoice(execpolicy_amendment=["touch"])
    decision = AcceptWithExecpolicyAmendmentCommandExecutionApprovalDecision(
        accept_with_execpolicy_amendment=choice
    )
    host = answering(host_under("untrusted", tmp_path), decision)

    await clear_command(host, proposal(prefix=("touch",)), Item())
    again = await clear_command(host, proposal("touch y"), Item())
    await clear_command(answering(host_under("untrusted", tmp_path), decision), proposal(), Item())

    assert len(host.asked) == 1
    assert again == Cleared(sandboxed=False)
    assert rules.read_text() == ('prefix_rule(["ls"])\nprefix_rule(pattern=["touch"], decision="allow")\n')


@pytest.mark.parametrize(
    ("tool", "text"), [("exec_command", REJECTED), ("shell_command", "exec command rejected by user")]
)
async def test_a_decline_is_told_to_the_model(tool: ShellTool, text: str) -> None:
    host, item = answering(host_under(), "decline"), Item()

    with pytest.raises(ToolRefusal) as refused:
        await clear_command(host, proposal(tool=tool), item)

    assert str(refused.value) == text
    assert item.seen[-1] == "-declined"
    assert host.waiting == ["waits", "goes on"]


async def test_a_cancel_ends_the_turn() -> None:
    item = Item()

    with pytest.raises(TurnEndedError):
        await clear_command(answering(host_under(), "cancel"), proposal(), item)

    assert item.seen == ["+", "-declined"]


async def test_an_answer_that_is_none_is_a_no() -> None:
    def unreadable(_: WireModel) -> WireModel:
        raise UnreadableAnswer("what?")

    for answer, status in ((None, "-failed"), (unreadable, "-declined")):
        host, item = host_under(), Item()
        host.answer = answer
        with pytest.raises(ToolRefusal, match="rejected by user"):
            await clear_command(host, proposal(), item)
        assert item.seen == ["+", status]


async def test_a_refusal_by_policy_shows_no_item_of_exec_command() -> None:
    host, item = host_under("never"), Item()

    with pytest.raises(ToolRefusal, match="blocked by policy"):
        await clear_command(host, proposal("rm -rf x"), item)
    with pytest.raises(ToolRefusal, match=r"^approval policy is Never; reject command"):
        await clear_command(host, proposal(permissions="require_escalated"), item)

    assert item.seen == []
    assert host.asked == []


async def test_a_second_try_without_a_sandbox_is_asked_for_where_the_policy_asks() -> None:
    asks = GranularApproval(sandbox_approval=True, rules=True, mcp_elicitations=True)
    mute = GranularApproval(sandbox_approval=False, rules=True, mcp_elicitations=True)
    for policy, may in (
        ("on-failure", True),
        (asks, True),
        ("on-request", False),
        ("never", False),
        (mute, False),
    ):
        host = answering(Host(approvals=turn_approvals(policy)), "accept")  # type: ignore[arg-type]
        first = await clear_command(host, proposal(), Item())

        assert await clear_retry(host, proposal(), Item(), first) is may
        reasons = [params.to_wire().get("reason") for _, params in host.asked]
        assert reasons == (["command failed; retry without sandbox?"] if may else [])


async def test_what_was_asked_before_is_not_asked_for_its_second_try() -> None:
    host = answering(host_under(), "accept")
    first = await clear_command(host, proposal(), Item())

    assert await clear_retry(host, proposal(), Item(), first)
    assert len(host.asked) == 1
