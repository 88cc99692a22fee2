"""One configured hook, its fingerprint, and whether it may run (services.md §7, tools.md §10)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, NamedTuple

import orjson

from protocol.wire import JsonObject

TrustStatus = Literal["managed", "untrusted", "trusted", "modified"]


class Moment(NamedTuple):
    """An event as config files, keys of hooks and the wire spell it."""

    name: str
    key: str
    wire: str
    matched: bool = True
    """Whether a matcher narrows it."""


MOMENTS: Final = (
    Moment("PreToolUse", "pre_tool_use", "preToolUse"),
    Moment("PermissionRequest", "permission_request", "permissionRequest"),
    Moment("PostToolUse", "post_tool_use", "postToolUse"),
    Moment("PreCompact", "pre_compact", "preCompact"),
    Moment("PostCompact", "post_compact", "postCompact"),
    Moment("SessionStart", "session_start", "sessionStart"),
    Moment("UserPromptSubmit", "user_prompt_submit", "userPromptSubmit", matched=False),
    Moment("Stop", "stop", "stop", matched=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """A command that is to run at a moment."""

    key: str
    """Names it in `[hooks.state]`."""
    moment: Moment
    matcher: str | None
    command: str
    timeout_seconds: int
    status_message: str | None
    file: Path
    """What declares it."""
    source: str
    """The kind of its layer, as the wire names it."""
    order: int
    managed: bool
    enabled: bool
    trust: TrustStatus
    print: str
    """Of the definition; trust is given to a print."""
    plugin_id: str | None = None
    """The plugin that brought it."""
    env: Mapping[str, str] = field(default_factory=dict[str, str])
    """What it finds in its environment beyond the usual."""

    @property
    def runs(self) -> bool:
        """Only what an administrator set, or what the user has trusted as it is now, ever runs."""
        return self.enabled and self.trust in ("managed", "trusted")


def fingerprint(
    moment: Moment, matcher: str | None, command: str, timeout_seconds: int, status_message: str | None
) -> str:
    """The same for the same definition, wherever it stands and however it is written."""
    handler: JsonObject = {
        "async": False,
        "command": command,
        "timeout": timeout_seconds,
        "type": "command",
    }
    if status_message is not None:
        handler["statusMessage"] = status_message
    definition: JsonObject = {"event_name": moment.key, "hooks": [handler]}
    if matcher is not None:
        definition["matcher"] = matcher
    text = orjson.dumps(definition, option=orjson.OPT_SORT_KEYS)
    return f"sha256:{hashlib.sha256(text).hexdigest()}"
