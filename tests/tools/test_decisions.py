"""May a command run: the whole table of policies, sandboxes and actions, and what rules make of it (§6.1)."""

import itertools

import pytest

from app_server.config.permissions import ApprovalPolicy, GranularApproval, SandboxPolicy
from app_server.config.rules import CommandRules, HostExecutable, PrefixRule
from app_server.tools.approvals.decision import (
    Ask,
    Proposal,
    Refuse,
    Run,
    ShellTool,
    decide,
    escalation_refusal,
    too_wide,
)
from app_server.tools.approvals.proposal import exec_command_failed
from app_server.tools.asking.commands import denied_by_sandbox

READ_ONLY = SandboxPolicy("read-only")
WORKSPACE = SandboxPolicy("workspace-write")
FULL = SandboxPolicy("danger-full-access", network_access=True)
ASKS = GranularApproval(sandbox_approval=True, rules=True, mcp_elicitations=True)
MUTE = GranularApproval(sandbox_approval=False, rules=False, mcp_elicitations=True)

SAFE, ORDINARY, DANGEROUS = "ls -la", "touch x", "rm -rf x"
BLOCKED = "`bash -lc 'rm -rf x'` rejected: blocked by policy"
NOT_ASKED = "approval required by policy, but AskForApproval::Granular.sandbox_approval is false"

RUNS: dict[ApprovalPolicy, dict[str, str]] = {
    "untrusted": {SAFE: "run", ORDINARY: "ask", DANGEROUS: "ask"},
    "on-failure": {SAFE: "run", ORDINARY: "run", DANGEROUS: "ask"},
    "on-request": {SAFE: "run", ORDINARY: "run", DANGEROUS: "ask"},
    "never": {SAFE: "run", ORDINARY: "run", DANGEROUS: BLOCKED},
    ASKS: {SAFE: "run", ORDINARY: "run", DANGEROUS: "ask"},
    MUTE: {SAFE: "run", ORDINARY: "run", DANGEROUS: NOT_ASKED},
}
CELLS = [
    (policy, sandbox, script, "run" if (policy, sandbox, script) == ("never", FULL, DANGEROUS) else outcome)
    for (policy, row), sandbox in itertools.product(RUNS.items(), (READ_ONLY, WORKSPACE, FULL))
    for script, outcome in row.items()
]


def argv(script: str) -> tuple[str, ...]:
    return ("bash", "-lc", script)


def words(script: str) -> tuple[str, ...]:
    return tuple(script.split())


@pytest.mark.parametrize(("policy", "sandbox", "script", "outcome"), CELLS)
def test_every_cell_of_the_table(
    policy: ApprovalPolicy, sandbox: SandboxPolicy, script: str, outcome: str
) -> None:
    verdict = decide(Proposal(argv(script)), policy, sandbox, CommandRules())

    match outcome:
        case "run":
            assert verdict == Run(sandboxed=True, amendment=words(script))
        case "ask":
            assert verdict == Ask(None, words(script))
        case reason:
            assert verdict == Refuse(reason)


@pytest.mark.parametrize("script", [SAFE, ORDINARY, DANGEROUS])
@pytest.mark.parametrize("sandbox", [READ_ONLY, WORKSPACE, FULL])
def test_leaving_the_sandbox_is_asked_for_where_there_is_one(script: str, sandbox: SandboxPolicy) -> None:
    verdict = decide(Proposal(argv(script), beyond=True), "on-request", sandbox, CommandRules())

    asks = sandbox is not FULL or script == DANGEROUS
    assert verdict == (Ask(None, words(script)) if asks else Run(amendment=words(script)))


@pytest.mark.parametrize(
    ("policy", "name"),
    [
        ("untrusted", "UnlessTrusted"),
        ("on-failure", "OnFailure"),
        ("never", "Never"),
        (
            ASKS,
            (
                "Granular(GranularApprovalConfig { sandbox_approval: true, rules: true, "
                "skill_approval: false, request_permissions: false, mcp_elicitations: true })"
            ),
        ),
    ],
)
def test_no_other_policy_lets_a_model_ask_to_leave_the_sandbox(policy: ApprovalPolicy, name: str) -> None:
    assert escalation_refusal("on-request", "exec_command") is None
    words_of: dict[ShellTool, str] = {"exec_command": "cannot", "shell_command": "should not"}
    for tool, word in words_of.items():
        assert escalation_refusal(policy, tool) == (
            f"approval policy is {name}; reject command — you {word} ask for escalated permissions "
            f"if the approval policy is {name}"
        )


# --- rules

ALLOW_TOUCH = PrefixRule(("touch",))
PROMPT_LS = PrefixRule(("ls",), "prompt")
FORBID_LS = PrefixRule(("ls",), "forbidden")


def ruled(script: str, *rules: PrefixRule, policy: ApprovalPolicy = "untrusted") -> object:
    return decide(Proposal(argv(script)), policy, WORKSPACE, CommandRules(rules))


def test_what_rules_allow_in_every_part_needs_no_sandbox() -> None:
    assert ruled("touch a && touch b", ALLOW_TOUCH) == Run(sandboxed=False)
    assert ruled("touch a && ls", ALLOW_TOUCH) == Run(sandboxed=True)
    assert ruled("touch a && mv a b", ALLOW_TOUCH) == Ask(None, ("mv", "a", "b"))


def test_the_strictest_rule_counts_and_says_why() -> None:
    reason = "`bash -lc 'ls && touch a'` requires approval by policy"
    assert ruled("ls && touch a", ALLOW_TOUCH, PROMPT_LS) == Ask(reason)
    assert ruled("ls -l", PrefixRule(("ls",), "prompt", "Really?")) == Ask(
        "`bash -lc 'ls -l'` requires approval: Really?"
    )
    assert ruled("ls -l", PROMPT_LS, FORBID_LS) == Refuse(
        "`bash -lc 'ls -l'` rejected: policy forbids commands starting with `ls`"
    )
    assert ruled("ls -l", PrefixRule(("ls",), "forbidden", "No.")) == Refuse(
        "`bash -lc 'ls -l'` rejected: No."
    )


def test_a_rule_cannot_ask_where_nobody_may_be_asked() -> None:
    assert ruled("ls", PROMPT_LS, policy="never") == Refuse(
        "approval required by policy, but AskForApproval is set to Never"
    )
    assert ruled("ls", PROMPT_LS, policy=MUTE) == Refuse(
        "approval required by policy rule, but AskForApproval::Granular.rules is false"
    )
    assert ruled("ls", PROMPT_LS, policy=ASKS) == Ask("`bash -lc ls` requires approval by policy")


def test_rules_for_a_name_count_for_its_path_where_no_place_is_fixed() -> None:
    path = ("/opt/touch", "a")
    allow = CommandRules((ALLOW_TOUCH,))
    fixed = allow._replace(executables=(HostExecutable("touch", ("/usr/bin/touch",)),))

    assert decide(Proposal(path), "untrusted", WORKSPACE, allow) == Run(sandboxed=False)
    assert decide(Proposal(path), "untrusted", WORKSPACE, fixed) == Ask(None, path)
    assert decide(Proposal(("/usr/bin/touch", "a")), "untrusted", WORKSPACE, fixed) == Run(sandboxed=False)


# --- amendments


@pytest.mark.parametrize(
    ("script", "prefix", "proposed"),
    [
        ("touch x", ("touch",), ("touch",)),
        ("touch x && touch y", ("touch",), ("touch",)),
        ("touch x && mv x y", ("touch",), ("touch", "x")),
        ("touch x", (), ("touch", "x")),
        ("python3 x.py", ("python3",), ("python3", "x.py")),
        ("touch $X", ("touch",), ("bash", "-lc", "touch $X")),
    ],
)
def test_a_prefix_is_proposed_that_would_settle_the_command(
    script: str, prefix: tuple[str, ...], proposed: tuple[str, ...]
) -> None:
    verdict = decide(Proposal(argv(script), prefix_rule=prefix), "untrusted", WORKSPACE, CommandRules())

    assert verdict == Ask(None, proposed)


def test_prefixes_that_allow_anything_are_never_proposed() -> None:
    for prefix in (("python3",), ("bash", "-lc"), ("/bin/zsh",), ("git",), ("sudo",), ("node", "-e")):
        assert too_wide(prefix)
    for prefix in (("git", "status"), ("python3", "x.py"), ("ls",)):
        assert not too_wide(prefix)


def test_what_a_here_document_feeds_is_judged_by_its_words_and_is_never_safe() -> None:
    script = "cat <<EOF\nhello\nEOF"

    assert ruled(script) == Ask()
    assert ruled(script, PrefixRule(("cat",))) == Run(sandboxed=False)
    assert ruled(script.replace("hello", "$(rm x)"), PrefixRule(("cat",))) == Ask(
        None, argv("cat <<EOF\n$(rm x)\nEOF")
    )


# --- after the fact


@pytest.mark.parametrize(
    ("code", "output", "denied"),
    [
        (0, "Permission denied", False),
        (1, "touch: Read-only file system", True),
        (1, "PERMISSION DENIED", True),
        (1, "no such file", False),
        (127, "sandbox", True),
        (127, "", False),
        (128 + 31, "", True),
    ],
)
def test_a_failure_is_laid_to_the_sandbox_by_its_words(code: int, output: str, denied: bool) -> None:
    assert denied_by_sandbox(code, output) is denied


def test_a_refusal_of_exec_command_has_the_form_that_models_know() -> None:
    assert exec_command_failed(("/bin/bash", "-lc", "pwd"), "rejected by user") == (
        "exec_command failed for `/bin/bash -lc pwd`: "
        'CreateProcess { message: "Rejected(\\"rejected by user\\")" }'
    )
