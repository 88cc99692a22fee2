"""What a hook means by its exit code and its output, at the moment at which it ran (tools.md §10)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

import orjson

from app_server.hooks.run import Ran
from protocol.wire import JsonObject, JsonValue

Status = Literal["completed", "failed", "blocked", "stopped"]
Kind = Literal["warning", "stop", "feedback", "context", "error"]
Entry = tuple[Kind, str]

_TEXT: Final[Callable[[JsonValue], bool]] = lambda value: value is None or isinstance(value, str)  # noqa: E731
_FLAG: Final[Callable[[JsonValue], bool]] = lambda value: isinstance(value, bool)  # noqa: E731
_ANY: Final[Callable[[JsonValue], bool]] = lambda _: True  # noqa: E731
_Form = Mapping[str, Callable[[JsonValue], bool]]


class Meaning(NamedTuple):
    """What is shown of a run, and what it does to the turn."""

    status: Status = "completed"
    entries: tuple[Entry, ...] = ()
    context: str | None = None
    """What the model is told besides."""
    reason: str | None = None
    """Why it blocks; None: it does not."""
    stop: str | None = None
    """Why it stops, perhaps no reason at all; None: it does not."""
    input: JsonObject | None = None
    """What a tool is to be given instead."""
    allows: bool = False
    """Whether it allows what somebody has to allow."""


def _one_of(*words: str) -> Callable[[JsonValue], bool]:
    return lambda value: value is None or value in words


def _is_decision(value: JsonValue) -> bool:
    return value is None or (
        isinstance(value, dict)
        and value.get("behavior") in ("allow", "deny")
        and _TEXT(value.get("message"))
        and set(value) <= {"behavior", "message", "interrupt", "updatedInput", "updatedPermissions"}
    )


_UNIVERSAL: Final[_Form] = {
    "continue": _FLAG,
    "stopReason": _TEXT,
    "suppressOutput": _FLAG,
    "systemMessage": _TEXT,
}
_VERDICT: Final[_Form] = {"decision": _one_of("block"), "reason": _TEXT}
_CONTEXT: Final[_Form] = {"additionalContext": _TEXT}


class _Rules(NamedTuple):
    """How the output at one moment is read."""

    words: str
    """Names the output in a complaint."""
    form: _Form = MappingProxyType({})
    """What it may say besides what every hook may."""
    specific: _Form | None = None
    """What its `hookSpecificOutput` may say; None: it has none."""
    plain: Literal["context", "ignored", "refused"] = "ignored"
    """What becomes of output that is no JSON."""
    exit_2: str | None = None
    """What a hook that blocks by its exit code has to write; None: it cannot."""
    complains: bool = False
    """Whether what it writes to stderr says why it has failed."""


_MOMENTS: Final[Mapping[str, _Rules]] = {
    "SessionStart": _Rules("session start", specific=_CONTEXT, plain="context"),
    "UserPromptSubmit": _Rules("user prompt submit", _VERDICT, _CONTEXT, "context", "a blocking reason"),
    "PreToolUse": _Rules(
        "pre-tool-use",
        {**_VERDICT, "decision": _one_of("approve", "block")},
        {
            **_CONTEXT,
            "permissionDecision": _one_of("allow", "deny", "ask"),
            "permissionDecisionReason": _TEXT,
            "updatedInput": _ANY,
        },
        exit_2="a blocking reason",
    ),
    "PermissionRequest": _Rules(
        "permission-request", specific={"decision": _is_decision}, exit_2="a denial reason"
    ),
    "PreCompact": _Rules("PreCompact hook", complains=True),
    "PostCompact": _Rules("PostCompact hook", complains=True),
    "PostToolUse": _Rules(
        "post-tool-use",
        _VERDICT,
        {**_CONTEXT, "updatedMCPToolOutput": _ANY},
        exit_2="feedback",
    ),
    "Stop": _Rules("stop hook", _VERDICT, plain="refused", exit_2="a continuation prompt"),
}


def meaning(moment: str, ran: Ran) -> Meaning:
    """What the run means. Whatever is not understood has failed, and does nothing."""
    rules = _MOMENTS[moment]
    if ran.exit_status == 2 and rules.exit_2 is not None:
        return _by_exit_code(moment, rules.exit_2, ran.stderr.strip())
    problem = _problem(ran)
    if problem is not None and rules.complains and ran.exit_status:
        problem = ran.stderr.strip() or problem
    return _by_output(moment, rules, ran.stdout.strip()) if problem is None else _failed(problem)


def _problem(ran: Ran) -> str | None:
    """Why the run has failed, whatever it wrote."""
    if ran.problem is not None:
        return ran.problem
    if ran.exit_status is None or ran.exit_status < 0:
        return "hook exited without a status code"
    return f"hook exited with code {ran.exit_status}" if ran.exit_status else None


def _by_output(moment: str, rules: _Rules, text: str) -> Meaning:
    if not text:
        return Meaning()
    said = _read(text)
    if isinstance(said, dict) and _fits(said, moment, rules):
        return _said(moment, said)
    if text.startswith(("{", "[")) or rules.plain == "refused":
        return _failed(f"hook returned invalid {rules.words} JSON output")
    if rules.plain == "context":
        return Meaning(entries=(("context", text),), context=text)
    return Meaning()


def _by_exit_code(moment: str, needed: str, reason: str) -> Meaning:
    if not reason:
        return _failed(f"{moment} hook exited with code 2 but did not write {needed} to stderr")
    # A tool that has run cannot be kept from running, so such a run is not shown as blocked.
    status: Status = "completed" if moment == "PostToolUse" else "blocked"
    return Meaning(status, (("feedback", reason),), reason=reason)


def _said(moment: str, said: JsonObject) -> Meaning:
    specific = said.get("hookSpecificOutput")
    own: JsonObject = specific if isinstance(specific, dict) else {}
    message = _text(said.get("systemMessage"))
    shown: list[Entry] = [] if message is None else [("warning", message)]
    unsupported = _UNSUPPORTED.get(moment)
    if unsupported is not None and (problem := unsupported(said, own)) is not None:
        return Meaning("failed", (*shown, ("error", f"{moment} hook returned {problem}")))
    if moment == "PermissionRequest":
        return _permission(own.get("decision"), tuple(shown))
    context = _text(own.get("additionalContext"))
    if context is not None:
        shown.append(("context", context))
    if said.get("continue") is False:
        stop = _text(said.get("stopReason"))
        if stop is None and moment in ("PostToolUse", "PreCompact", "PostCompact"):
            stop = f"{moment} hook stopped execution"
        if stop is not None:
            shown.append(("stop", stop))
        return Meaning("stopped", tuple(shown), context, stop=stop or "")
    blocks, reason = _verdict(moment, said, own)
    if not blocks:
        given = own.get("updatedInput")
        return Meaning("completed", tuple(shown), context, input=given if isinstance(given, dict) else None)
    if reason is None:
        by = "permissionDecision:deny" if own.get("permissionDecision") == "deny" else "decision:block"
        what = "permissionDecisionReason" if by.startswith("permission") else "reason"
        return Meaning(
            "failed", (*shown, ("error", f"{moment} hook returned {by} without a non-empty {what}"))
        )
    return Meaning("blocked", (*shown, ("feedback", reason)), context, reason=reason)


def _verdict(moment: str, said: JsonObject, own: JsonObject) -> tuple[bool, str | None]:
    """Whether it blocks, and why."""
    if moment == "PreToolUse" and own.get("permissionDecision") is not None:
        return own["permissionDecision"] == "deny", _text(own.get("permissionDecisionReason"))
    return said.get("decision") == "block", _text(said.get("reason"))


def _unsupported(said: JsonObject, own: JsonObject) -> str | None:
    """What is asked before a tool that cannot be done, in the order in which it is looked for."""
    decision, updated = own.get("permissionDecision"), own.get("updatedInput")
    problems = {
        "unsupported continue:false": said.get("continue") is False,
        "unsupported stopReason": said.get("stopReason") is not None,
        "unsupported suppressOutput": said.get("suppressOutput") is True,
        "updatedInput without permissionDecision:allow": updated is not None and decision != "allow",
        "unsupported permissionDecision:allow": decision == "allow" and updated is None,
        "unsupported permissionDecision:ask": decision == "ask",
        "unsupported decision:approve": decision is None and said.get("decision") == "approve",
        "reason without decision": decision is None
        and said.get("decision") is None
        and _text(said.get("reason")) is not None,
    }
    return next((problem for problem, holds in problems.items() if holds), None)


def _unsupported_permission(said: JsonObject, own: JsonObject) -> str | None:
    """The same of what is asked where somebody has to allow a call."""
    given = own.get("decision")
    decision: JsonObject = given if isinstance(given, dict) else {}
    problems = {
        "unsupported continue:false": said.get("continue") is False,
        "unsupported stopReason": said.get("stopReason") is not None,
        "unsupported suppressOutput": said.get("suppressOutput") is True,
        "unsupported updatedInput": decision.get("updatedInput") is not None,
        "unsupported updatedPermissions": decision.get("updatedPermissions") is not None,
        "unsupported interrupt:true": decision.get("interrupt") is True,
    }
    return next((problem for problem, holds in problems.items() if holds), None)


_UNSUPPORTED: Final[Mapping[str, Callable[[JsonObject, JsonObject], str | None]]] = {
    "PreToolUse": _unsupported,
    "PermissionRequest": _unsupported_permission,
}


def _permission(decision: JsonValue, shown: tuple[Entry, ...]) -> Meaning:
    """What is said about a call that somebody has to allow; nothing leaves it to others."""
    if not isinstance(decision, dict):
        return Meaning(entries=shown)
    if decision.get("behavior") == "allow":
        return Meaning(entries=shown, allows=True)
    reason = _text(decision.get("message")) or "PermissionRequest hook denied approval"
    return Meaning("blocked", (*shown, ("feedback", reason)), reason=reason)


def _fits(said: JsonObject, moment: str, rules: _Rules) -> bool:
    """Whether it says only what may be said at the moment."""
    form = {**_UNIVERSAL, **rules.form}
    rest = dict(said)
    specific = rest.pop("hookSpecificOutput", None)
    if specific is not None:
        if rules.specific is None or not isinstance(specific, dict):
            return False
        own = dict(specific)
        if own.pop("hookEventName", None) != moment or not _allowed(own, rules.specific):
            return False
    return _allowed(rest, form)


def _allowed(said: JsonObject, form: _Form) -> bool:
    return all(key in form and form[key](value) for key, value in said.items())


def _failed(problem: str) -> Meaning:
    return Meaning("failed", (("error", problem),))


def _read(text: str) -> JsonValue:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def _text(value: JsonValue) -> str | None:
    """A text that says something."""
    return value.strip() or None if isinstance(value, str) else None
