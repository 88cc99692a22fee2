"""File-system and network permissions in detail: profiles, requests for more, and what is granted."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.wire import U32, AppPath, Dated, USize, WireModel, omitted

FileSystemAccessMode = Annotated[
    Literal["read", "write", "deny", "none"],
    Dated(new=("deny",), old=("none",), instead={"deny": "none", "none": "deny"}),
]
"""What may be done with a path; `none` and `deny` both refuse."""


class RootFileSystemSpecialPath(WireModel):
    """The whole file system."""

    kind: Literal["root"] = "root"


class MinimalFileSystemSpecialPath(WireModel):
    """What programs need to run at all."""

    kind: Literal["minimal"] = "minimal"


class ProjectRootsFileSystemSpecialPath(WireModel):
    """The roots of the workspace."""

    kind: Literal["project_roots"] = "project_roots"
    subpath: AppPath | None = None


class TmpdirFileSystemSpecialPath(WireModel):
    """`$TMPDIR`."""

    kind: Literal["tmpdir"] = "tmpdir"


class SlashTmpFileSystemSpecialPath(WireModel):
    """`/tmp`."""

    kind: Literal["slash_tmp"] = "slash_tmp"


class UnknownFileSystemSpecialPath(WireModel):
    """A place of a newer version, kept as it is."""

    kind: Literal["unknown"] = "unknown"
    path: str
    subpath: AppPath | None = None


FileSystemSpecialPath = Annotated[
    RootFileSystemSpecialPath
    | MinimalFileSystemSpecialPath
    | ProjectRootsFileSystemSpecialPath
    | TmpdirFileSystemSpecialPath
    | SlashTmpFileSystemSpecialPath
    | UnknownFileSystemSpecialPath,
    Field(discriminator="kind"),
]
"""A place that differs from machine to machine."""


class PathFileSystemPath(WireModel):
    """A path and all below it."""

    type: Literal["path"] = "path"
    path: AppPath


class GlobPatternFileSystemPath(WireModel):
    """All that a pattern matches."""

    type: Literal["glob_pattern"] = "glob_pattern"
    pattern: str


class SpecialFileSystemPath(WireModel):
    """A place by its meaning."""

    type: Literal["special"] = "special"
    value: FileSystemSpecialPath


FileSystemPath = Annotated[
    PathFileSystemPath | GlobPatternFileSystemPath | SpecialFileSystemPath,
    Field(discriminator="type"),
]
"""What an entry speaks of."""


class FileSystemSandboxEntry(WireModel):
    """One rule; the most exact one decides."""

    path: FileSystemPath
    access: FileSystemAccessMode


class AdditionalFileSystemPermissions(WireModel):
    """Paths asked for beyond the sandbox."""

    read: list[AppPath] | None = None
    write: list[AppPath] | None = None
    glob_scan_max_depth: USize | None = omitted()
    """How deep patterns are looked for, in folders."""
    entries: list[FileSystemSandboxEntry] | None = omitted()
    """The rules in full; `read` and `write` are the older form."""


class AdditionalNetworkPermissions(WireModel):
    """The network, asked for beyond the sandbox."""

    enabled: bool | None = None


class AdditionalPermissionProfile(WireModel):
    """What a command asks for beyond the sandbox."""

    network: AdditionalNetworkPermissions | None = None
    file_system: AdditionalFileSystemPermissions | None = None


class GrantedPermissionProfile(WireModel):
    """What the user grants; what is left out is refused."""

    network: AdditionalNetworkPermissions | None = None
    file_system: AdditionalFileSystemPermissions | None = None


NetworkApprovalProtocol = Literal["http", "https", "socks5Tcp", "socks5Udp"]
"""The protocol of a connection that needs a word."""


class NetworkApprovalContext(WireModel):
    """The connection that was held back."""

    host: str
    protocol: NetworkApprovalProtocol


NetworkPolicyRuleAction = Literal["allow", "deny"]
"""What the rule says."""


class NetworkPolicyAmendment(WireModel):
    """A rule for a host, to be kept."""

    host: str
    action: NetworkPolicyRuleAction


PermissionGrantScope = Literal["turn", "session"]
"""How long a grant holds."""


class RestrictedPermissionProfileFileSystemPermissions(WireModel):
    """Only what the entries allow."""

    type: Literal["restricted"] = "restricted"
    entries: list[FileSystemSandboxEntry]
    glob_scan_max_depth: USize | None = None


class UnrestrictedPermissionProfileFileSystemPermissions(WireModel):
    """Everything."""

    type: Literal["unrestricted"] = "unrestricted"


PermissionProfileFileSystemPermissions = Annotated[
    RestrictedPermissionProfileFileSystemPermissions | UnrestrictedPermissionProfileFileSystemPermissions,
    Field(discriminator="type"),
]
"""File access of a profile."""


class PermissionProfileNetworkPermissions(WireModel):
    """Network access of a profile."""

    enabled: bool


class ManagedPermissionProfile(WireModel):
    """Confined by us."""

    type: Literal["managed"] = "managed"
    network: PermissionProfileNetworkPermissions
    file_system: PermissionProfileFileSystemPermissions


class DisabledPermissionProfile(WireModel):
    """Not confined."""

    type: Literal["disabled"] = "disabled"


class ExternalPermissionProfile(WireModel):
    """Confined by somebody else."""

    type: Literal["external"] = "external"
    network: PermissionProfileNetworkPermissions


PermissionProfile = Annotated[
    ManagedPermissionProfile | DisabledPermissionProfile | ExternalPermissionProfile,
    Field(discriminator="type"),
]
"""A profile spelled out, as older clients send it; newer ones send its name."""


class PermissionProfileListParams(WireModel):
    """`permissionProfile/list`."""

    cursor: str | None = None
    limit: U32 | None = None
    cwd: str | None = None
    """The project whose profiles are listed as well."""


class PermissionProfileSummary(WireModel):
    """A profile that can be chosen."""

    id: str
    description: str | None = None
    allowed: bool
    """False when administrators forbid it."""


class PermissionProfileListResponse(WireModel):
    """A page of profiles."""

    data: list[PermissionProfileSummary]
    next_cursor: str | None = None


class RequestPermissionProfile(WireModel):
    """What the model asks for."""

    network: AdditionalNetworkPermissions | None = None
    file_system: AdditionalFileSystemPermissions | None = None
