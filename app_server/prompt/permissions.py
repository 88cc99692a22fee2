"""The permissions part: what the sandbox allows, and how to ask for more (prompt-input.md §2.3)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from app_server.config.permissions import ApprovalPolicy, GranularApproval, SandboxPolicy
from app_server.prompt.sandbox import has_network, writable_roots
from app_server.prompt.texts import template

MAX_PREFIXES = 100
MAX_PREFIX_CHARACTERS = 5_000
_PREFIXES_CUT = "...\n[Some commands were truncated]"

Prefix = tuple[str | tuple[str, ...], ...]
"""The words of a command that a rule allows; a word may be a choice of several."""


@dataclass(frozen=True, slots=True)
class PermissionFacts:
    """All that the part is derived from."""

    sandbox: SandboxPolicy
    cwd: str
    approval_policy: ApprovalPolicy
    auto_review: bool = False
    tmpdir: str | None = None
    approved_prefixes: tuple[Prefix, ...] = ()
    exec_permission_approvals: bool = False
    request_permissions_tool: bool = False


def permissions_part(facts: PermissionFacts) -> str:
    """The whole part with its tags; a section begins on a line of its own."""
    sections = [_sandbox_text(facts.sandbox), _approval_text(facts)]
    if facts.sandbox.mode == "workspace-write":
        sections.append(_roots_line(writable_roots(facts.sandbox, facts.cwd, facts.tmpdir)))
    body = "\n".join(sections)
    return f"<permissions instructions>\n{body}\n</permissions instructions>"


def _sandbox_text(sandbox: SandboxPolicy) -> str:
    mode = "danger-full-access" if sandbox.mode == "external-sandbox" else sandbox.mode
    network = "enabled" if has_network(sandbox) else "restricted"
    return template(f"sandbox_{mode.replace('-', '_')}").replace("{{ network }}", network)


def _approval_text(facts: PermissionFacts) -> str:
    policy = facts.approval_policy
    if policy == "never":
        return template("approval_never")
    paragraphs = [_policy_text(facts)]
    granular = policy if isinstance(policy, GranularApproval) else None
    if facts.request_permissions_tool and (granular is None or granular.request_permissions):
        paragraphs.append(template("request_permissions_tool"))
    if (granular is not None or policy == "on-request") and facts.approved_prefixes:
        paragraphs.append(_approved_prefixes(facts.approved_prefixes))
    if facts.auto_review:
        paragraphs.append(template("auto_review"))
    return "\n\n".join(paragraphs)


def _policy_text(facts: PermissionFacts) -> str:
    match facts.approval_policy:
        case GranularApproval() as granular:
            return _granular_text(granular, facts)
        case "untrusted":
            return template("approval_untrusted")
        case "on-failure":
            return template("approval_on_failure")
        case _:
            return template(
                "approval_permissions" if facts.exec_permission_approvals else "approval_on_request"
            )


def _granular_text(granular: GranularApproval, facts: PermissionFacts) -> str:
    categories = [
        ("sandbox_approval", granular.sandbox_approval),
        ("rules", granular.rules),
        ("skill_approval", granular.skill_approval),
    ]
    if facts.request_permissions_tool:
        categories.append(("request_permissions", granular.request_permissions))
    categories.append(("mcp_elicitations", granular.mcp_elicitations))
    paragraphs = [template("approval_granular")]
    for allowed, intro in (
        (True, "The user may still be asked about:"),
        (False, "Refused at once, without asking anybody:"),
    ):
        names = [f"- `{name}`" for name, asks in categories if asks is allowed]
        if names:
            paragraphs.append("\n".join([intro, *names]))
    if facts.exec_permission_approvals and granular.sandbox_approval:
        paragraphs.append(template("approval_permissions"))
    return "\n\n".join(paragraphs)


def _approved_prefixes(prefixes: Sequence[Prefix]) -> str:
    shown = sorted({_rendered(prefix): prefix for prefix in prefixes}.items(), key=_prefix_order)
    listing = "\n".join(f"- {text}" for text, _ in shown[:MAX_PREFIXES])
    if len(shown) > MAX_PREFIXES or len(listing) > MAX_PREFIX_CHARACTERS:
        listing = f"{listing[:MAX_PREFIX_CHARACTERS]}{_PREFIXES_CUT}"
    intro = (
        "Commands that begin with one of these word sequences are already allowed to run outside the sandbox:"
    )
    return f"## Approved command prefixes\n{intro} {listing}"


def _rendered(prefix: Prefix) -> str:
    words = (word if isinstance(word, str) else f"[{'|'.join(word)}]" for word in prefix)
    return f"[{', '.join(json.dumps(word, ensure_ascii=False) for word in words)}]"


def _prefix_order(entry: tuple[str, Prefix]) -> tuple[int, int, str]:
    text, prefix = entry
    return len(prefix), len(text), text


def _roots_line(roots: Sequence[str]) -> str:
    listing = ", ".join(f"`{root}`" for root in roots)
    return f"The only writable root is {listing}." if len(roots) == 1 else f"Writable roots: {listing}."
