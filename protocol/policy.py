"""How freely an agent may act: approvals, sandbox, profiles."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from protocol.wire import AbsolutePath, Dated, JsonValue, OneKey, Part, Variants, WireModel, no_items, spelled


class ActivePermissionProfile(WireModel):
    """The profile in effect."""

    id: str
    """Such as `:workspace`, or a name of the user's own."""
    extends: str | None = None
    """The profile that it builds on."""


ApprovalsReviewer = Literal["user", "auto_review", "guardian_subagent"]
"""Who decides on approvals: a person, or the reviewer, which has two names."""


class GranularApproval(Part):
    """Which kinds of prompt may reach the user; what is false is refused without asking."""

    sandbox_approval: Annotated[bool, spelled("sandbox_approval")]
    """Commands that ask to leave the sandbox."""
    rules: bool
    """Commands for which an exec-policy rule says "prompt"."""
    skill_approval: Annotated[bool, spelled("skill_approval")] = False
    request_permissions: Annotated[bool, spelled("request_permissions")] = False
    """Calls of the tool that asks for more permissions."""
    mcp_elicitations: Annotated[bool, spelled("mcp_elicitations")]


class GranularAskForApproval(OneKey):
    """`{"granular": {…}}`."""

    granular: GranularApproval


AskForApproval = Annotated[
    Literal["untrusted", "on-failure", "on-request", "never"] | GranularAskForApproval,
    Variants("AskForApproval", "untrusted", "on-failure", "on-request", "granular", "never"),
    Dated(old=("on-failure",), instead="on-request"),
]
"""When a command needs the user's word; experimental in its granular form. `on-failure`: until 0.131."""


NetworkAccess = Literal["restricted", "enabled"]
"""Whether processes in a sandbox of somebody else's reach the network."""

SandboxMode = Literal["read-only", "workspace-write", "danger-full-access"]
"""The kind of sandbox, as config.toml and the older params name it."""


class DangerFullAccessSandboxPolicy(WireModel):
    """No sandbox."""

    type: Literal["dangerFullAccess"] = "dangerFullAccess"


class ReadOnlySandboxPolicy(WireModel):
    """Reads everything, writes nothing."""

    type: Literal["readOnly"] = "readOnly"
    network_access: bool = False


class ExternalSandboxSandboxPolicy(WireModel):
    """The process is confined from outside already."""

    type: Literal["externalSandbox"] = "externalSandbox"
    network_access: NetworkAccess = "restricted"


class WorkspaceWriteSandboxPolicy(WireModel):
    """Writes below the workspace only."""

    type: Literal["workspaceWrite"] = "workspaceWrite"
    writable_roots: list[AbsolutePath] = no_items()
    """Beside the working directory."""
    network_access: bool = False
    exclude_tmpdir_env_var: bool = False
    """True: `$TMPDIR` is not writable."""
    exclude_slash_tmp: bool = False
    """True: `/tmp` is not writable."""


SandboxPolicy = Annotated[
    DangerFullAccessSandboxPolicy
    | ReadOnlySandboxPolicy
    | ExternalSandboxSandboxPolicy
    | WorkspaceWriteSandboxPolicy,
    Field(discriminator="type"),
    Variants("SandboxPolicyDeserialize"),
]
"""What a command may touch."""


def _profile_id(value: JsonValue) -> JsonValue:
    """Opens the older form `{"type": "profile", "id": …}`."""
    if isinstance(value, dict) and value.get("type") == "profile":
        return value.get("id")
    return value


ProfileId = Annotated[str, BeforeValidator(_profile_id)]
"""The name of a permission profile, such as `:workspace`; an object with `type` and `id` is taken as well."""
