"""The permissions part: what the sandbox allows, and how to ask for more (prompt-input.md §2.3)."""

from collections.abc import Sequence

import orjson

from app_server.config.permissions import GranularApproval, SandboxPolicy
from app_server.config.rules import Pattern
from app_server.config.writable_places import writable_roots
from app_server.prompt.context import TurnContext
from app_server.prompt.sandbox import has_network
from app_server.prompt.texts import template

MAX_PREFIXES = 100
MAX_PREFIX_CHARACTERS = 5_000
_PREFIXES_CUT = "...\n[Some commands were truncated]"


def permissions_part(context: TurnContext) -> str:
    """The whole part with its tags; a section begins on a line of its own."""
    sections = [_sandbox_text(context.sandbox), _approval_text(context)]
    if context.sandbox.mode == "workspace-write":
        sections.append(_roots_line(writable_roots(context.sandbox, context.sandbox_cwd, context.tmpdir)))
    body = "\n".join(sections)
    return f"<permissions instructions>\n{body}\n</permissions instructions>"


def _sandbox_text(sandbox: SandboxPolicy) -> str:
    mode = "danger-full-access" if sandbox.mode == "external-sandbox" else sandbox.mode
    network = "enabled" if has_network(sandbox) else "restricted"
    return template(f"sandbox_{mode.replace('-', '_')}").replace("{{ network }}", network)


def _approval_text(context: TurnContext) -> str:
    policy = context.approval_policy
    if policy == "never":
        return template("approval_never")
    paragraphs = [_policy_text(context)]
    granular = policy if isinstance(policy, GranularApproval) else None
    if context.request_permissions_tool and (granular is None or granular.request_permissions):
        paragraphs.append(template("request_permissions_tool"))
    if (granular is not None or policy == "on-request") and context.approved_prefixes:
        paragraphs.append(_approved_prefixes(context.approved_prefixes))
    if context.auto_review:
        paragraphs.append(template("auto_review"))
    return "\n\n".join(paragraphs)


def _policy_text(context: TurnContext) -> str:
    match context.approval_policy:
        case GranularApproval() as granular:
            return _granular_text(granular, context)
        case "untrusted":
            return template("approval_untrusted")
        case "on-failure":
            return template("approval_on_failure")
        case _:
            return template(
                "approval_permissions" if context.exec_permission_approvals else "approval_on_request"
            )


def _granular_text(granular: GranularApproval, context: TurnContext) -> str:
    categories = [
        ("sandbox_approval", granular.sandbox_approval),
        ("rules", granular.rules),
        ("skill_approval", granular.skill_approval),
    ]
    if context.request_permissions_tool:
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
    if context.exec_permission_approvals and granular.sandbox_approval:
        paragraphs.append(template("approval_permissions"))
    return "\n\n".join(paragraphs)


def _approved_prefixes(prefixes: Sequence[Pattern]) -> str:
    shown = sorted({_rendered(prefix): prefix for prefix in prefixes}.items(), key=_prefix_order)
    listing = "\n".join(f"- {text}" for text, _ in shown[:MAX_PREFIXES])
    if len(shown) > MAX_PREFIXES or len(listing) > MAX_PREFIX_CHARACTERS:
        listing = f"{listing[:MAX_PREFIX_CHARACTERS]}{_PREFIXES_CUT}"
    intro = (
        "Commands that begin with one of these word sequences are already allowed to run outside the sandbox:"
    )
    return f"## Approved command prefixes\n{intro} {listing}"


def _rendered(prefix: Pattern) -> str:
    words = (word if isinstance(word, str) else f"[{'|'.join(word)}]" for word in prefix)
    return f"[{', '.join(orjson.dumps(word).decode() for word in words)}]"


def _prefix_order(entry: tuple[str, Pattern]) -> tuple[int, int, str]:
    text, prefix = entry
    return len(prefix), len(text.encode()), text


def _roots_line(roots: Sequence[str]) -> str:
    listing = ", ".join(f"`{root}`" for root in roots)
    return f"The only writable root is {listing}." if len(roots) == 1 else f"Writable roots: {listing}."
