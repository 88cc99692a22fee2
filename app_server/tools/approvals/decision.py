"""The table of decisions: may a command run, must somebody be asked, or is it refused (tools.md §6.1, §6.4).

Pure: everything that counts is in the arguments.
"""

import shlex
from collections.abc import Callable, Sequence
from typing import Final, Literal, NamedTuple

from app_server.config.permissions import ApprovalPolicy, GranularApproval, SandboxPolicy
from app_server.config.rules import CommandRules, RuleMatch
from app_server.config.rules import Decision as RuleDecision
from app_server.tools.approvals.safety import dangerous, known_safe
from app_server.tools.approvals.script import Commands, Words, commands_of

ShellTool = Literal["exec_command", "shell_command"]


class Run(NamedTuple):
    """It runs without a question."""

    sandboxed: bool = True
    """False: rules allow every part of it, and so it needs no sandbox."""
    amendment: Words | None = None
    """A prefix that could be allowed for good, for when the sandbox turns out to be in the way."""


class Ask(NamedTuple):
    """Somebody has to allow it first."""

    reason: str | None = None
    """What rules say about it."""
    amendment: Words | None = None


class Refuse(NamedTuple):
    """It does not run, and nobody is asked."""

    reason: str


Verdict = Run | Ask | Refuse

_STRICTNESS: Final[dict[RuleDecision, int]] = {"allow": 0, "prompt": 1, "forbidden": 2}


class Proposal(NamedTuple):
    """A command that somebody wants to run."""

    argv: Words
    beyond: bool = False
    """Whether it is asked for outside of the sandbox, or with more than that allows."""
    prefix_rule: Words = ()
    """What the model proposes to allow for good."""


class _Judged(NamedTuple):
    words: Words
    decision: RuleDecision
    matches: tuple[RuleMatch, ...]


def is_restricted(sandbox: SandboxPolicy) -> bool:
    """Whether there are places that commands must not write to."""
    return sandbox.mode in ("read-only", "workspace-write")


def policy_name(policy: ApprovalPolicy) -> str:
    """The policy as models have learned to read it in refusals."""
    if isinstance(policy, GranularApproval):
        switches = (
            f"{name}: {str(getattr(policy, name)).lower()}"
            for name in (
                *("sandbox_approval", "rules", "skill_approval", "request_permissions", "mcp_elicitations"),
            )
        )
        return f"Granular(GranularApprovalConfig {{ {', '.join(switches)} }})"
    return {
        "untrusted": "UnlessTrusted",
        "on-failure": "OnFailure",
        "on-request": "OnRequest",
        "never": "Never",
    }[policy]


def escalation_refusal(policy: ApprovalPolicy, tool: ShellTool) -> str | None:
    """Why nobody may ask to leave the sandbox; None under the one policy that allows the question."""
    if policy == "on-request":
        return None
    name, word = policy_name(policy), "cannot" if tool == "exec_command" else "should not"
    return (
        f"approval policy is {name}; reject command — you {word} ask for escalated permissions "
        f"if the approval policy is {name}"
    )


def decide(
    proposal: Proposal, policy: ApprovalPolicy, sandbox: SandboxPolicy, rules: CommandRules
) -> Verdict:
    """What rules say about the parts of the command; what its words say, where there are no rules for it."""
    commands = commands_of(proposal.argv)

    def by_heuristics(words: Words) -> RuleDecision:
        return _unruled(words, commands, proposal, policy, restricted=is_restricted(sandbox))

    judged = [_judge(words, rules, by_heuristics) for words in commands.parts]
    strictest = _strictest([one.decision for one in judged])
    matches = [match for one in judged for match in one.matches]
    if strictest == "forbidden":
        return Refuse(_forbidden_reason(proposal.argv, matches))
    if strictest == "prompt":
        by_rule = [match for match in matches if match.rule.decision == "prompt"]
        if (refusal := _unaskable(policy, by_rule=bool(by_rule))) is not None:
            return Refuse(refusal)
        proposed = _proposed(proposal, rules, commands, matches, by_heuristics)
        if proposed is None and not by_rule and not commands.has_input:
            proposed = next(one.words for one in judged if one.decision == "prompt")
        return Ask(_prompt_reason(proposal.argv, by_rule), proposed)
    ruled = all(one.matches for one in judged)
    fallback = None if matches or commands.has_input else judged[0].words
    return Run(sandboxed=not ruled, amendment=fallback)


def _judge(words: Words, rules: CommandRules, by_heuristics: Callable[[Words], RuleDecision]) -> _Judged:
    matches = rules.matching(words)
    if not matches:
        return _Judged(words, by_heuristics(words), ())
    return _Judged(words, _strictest([match.rule.decision for match in matches]), matches)


def _strictest(decisions: Sequence[RuleDecision]) -> RuleDecision:
    return max(decisions, key=lambda decision: _STRICTNESS[decision])


def _unruled(
    words: Words, commands: Commands, proposal: Proposal, policy: ApprovalPolicy, *, restricted: bool
) -> RuleDecision:
    asks_for_more = policy == "on-request" and restricted and proposal.beyond
    if known_safe(words) and not commands.has_input:
        return "prompt" if asks_for_more else "allow"
    if dangerous(words):
        if policy == "never":
            return "forbidden" if restricted else "allow"
        return "prompt"
    return "prompt" if policy == "untrusted" or asks_for_more else "allow"


def _unaskable(policy: ApprovalPolicy, *, by_rule: bool) -> str | None:
    if policy == "never":
        return "approval required by policy, but AskForApproval is set to Never"
    if isinstance(policy, GranularApproval):
        if by_rule and not policy.rules:
            return "approval required by policy rule, but AskForApproval::Granular.rules is false"
        if not by_rule and not policy.sandbox_approval:
            return "approval required by policy, but AskForApproval::Granular.sandbox_approval is false"
    return None


def _proposed(
    proposal: Proposal,
    rules: CommandRules,
    commands: Commands,
    matches: Sequence[RuleMatch],
    by_heuristics: Callable[[Words], RuleDecision],
) -> Words | None:
    """The model's own proposal, when it is narrow enough and would settle the whole command."""
    prefix = proposal.prefix_rule
    if not prefix or matches or too_wide(prefix):
        return None
    widened = rules.with_allowed(prefix)
    settled = all(_judge(words, widened, by_heuristics).decision == "allow" for words in commands.parts)
    return prefix if settled else None


_INTERPRETERS: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(("python", "python3", "pypy", "pypy3", "pythonw", "pyw"), frozenset({"-", "-c"})),
    "py": frozenset({"-", "-c", "-3"}),
    **dict.fromkeys(("node", "perl", "ruby", "lua"), frozenset({"-", "-e"})),
    "php": frozenset({"-", "-r"}),
    **dict.fromkeys(("bash", "sh", "zsh"), frozenset({"-", "-c", "-lc"})),
    **dict.fromkeys(("pwsh", "powershell", "powershell.exe"), frozenset({"-", "-c", "-Command"})),
    "osascript": frozenset({"-", "-e"}),
    **dict.fromkeys(("env", "sudo", "git"), frozenset[str]()),
}


def too_wide(prefix: Words) -> bool:
    """Whether a rule for the prefix would allow just about anything."""
    name = prefix[0].rpartition("/")[2]
    flags = _INTERPRETERS.get(name)
    return flags is not None and (len(prefix) == 1 or (len(prefix) == 2 and prefix[1] in flags))


def _shown(argv: Sequence[str]) -> str:
    return f"`{shlex.join(argv)}`"


def _prompt_reason(argv: Words, by_rule: Sequence[RuleMatch]) -> str | None:
    if not by_rule:
        return None
    justification = max(by_rule, key=lambda match: len(match.prefix)).rule.justification
    if justification is None:
        return f"{_shown(argv)} requires approval by policy"
    return f"{_shown(argv)} requires approval: {justification}"


def _forbidden_reason(argv: Words, matches: Sequence[RuleMatch]) -> str:
    by_rule = [match for match in matches if match.rule.decision == "forbidden"]
    if not by_rule:
        return f"{_shown(argv)} rejected: blocked by policy"
    nearest = max(by_rule, key=lambda match: len(match.prefix))
    if nearest.rule.justification is not None:
        return f"{_shown(argv)} rejected: {nearest.rule.justification}"
    return f"{_shown(argv)} rejected: policy forbids commands starting with {_shown(nearest.prefix)}"
