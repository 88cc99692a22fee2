"""permissions"""

from typing import Annotated, Literal

from protocol.wire import U32, AppPath, USize, WireModel, by_tag, omitted

FileSystemAccessMode = Literal["read", "write", "deny", "none"]


class RootFileSystemSpecialPath(WireModel):
    """RootFileSystemSpecialPath."""

    kind: Literal["root"] = "root"


class MinimalFileSystemSpecialPath(WireModel):
    """MinimalFileSystemSpecialPath."""

    kind: Literal["minimal"] = "minimal"


class ProjectRootsFileSystemSpecialPath(WireModel):
    """ProjectRootsFileSystemSpecialPath."""

    kind: Literal["project_roots"] = "project_roots"
    subpath: AppPath | None = None


class TmpdirFileSystemSpecialPath(WireModel):
    """TmpdirFileSystemSpecialPath."""

    kind: Literal["tmpdir"] = "tmpdir"


class SlashTmpFileSystemSpecialPath(WireModel):
    """SlashTmpFileSystemSpecialPath."""

    kind: Literal["slash_tmp"] = "slash_tmp"


class UnknownFileSystemSpecialPath(WireModel):
    """UnknownFileSystemSpecialPath."""

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
    by_tag("kind"),
]


class PathFileSystemPath(WireModel):
    """PathFileSystemPath."""

    type: Literal["path"] = "path"
    path: AppPath


class GlobPatternFileSystemPath(WireModel):
    """GlobPatternFileSystemPath."""

    type: Literal["glob_pattern"] = "glob_pattern"
    pattern: str


class SpecialFileSystemPath(WireModel):
    """SpecialFileSystemPath."""

    type: Literal["special"] = "special"
    value: FileSystemSpecialPath


FileSystemPath = Annotated[
    PathFileSystemPath | GlobPatternFileSystemPath | SpecialFileSystemPath,
    by_tag("type"),
]


class FileSystemSandboxEntry(WireModel):
    """FileSystemSandboxEntry."""

    path: FileSystemPath
    access: FileSystemAccessMode


class AdditionalFileSystemPermissions(WireModel):
    """AdditionalFileSystemPermissions."""

    read: list[AppPath] | None = None
    write: list[AppPath] | None = None
    glob_scan_max_depth: USize | None = omitted()
    entries: list[FileSystemSandboxEntry] | None = omitted()


class AdditionalNetworkPermissions(WireModel):
    """AdditionalNetworkPermissions."""

    enabled: bool | None = None


class AdditionalPermissionProfile(WireModel):
    """AdditionalPermissionProfile."""

    network: AdditionalNetworkPermissions | None = None
    file_system: AdditionalFileSystemPermissions | None = None


class GrantedPermissionProfile(WireModel):
    """GrantedPermissionProfile."""

    network: AdditionalNetworkPermissions | None = None
    file_system: AdditionalFileSystemPermissions | None = None


NetworkApprovalProtocol = Literal["http", "https", "socks5Tcp", "socks5Udp"]


class NetworkApprovalContext(WireModel):
    """NetworkApprovalContext."""

    host: str
    protocol: NetworkApprovalProtocol


NetworkPolicyRuleAction = Literal["allow", "deny"]


class NetworkPolicyAmendment(WireModel):
    """NetworkPolicyAmendment."""

    host: str
    action: NetworkPolicyRuleAction


PermissionGrantScope = Literal["turn", "session"]


class RestrictedPermissionProfileFileSystemPermissions(WireModel):
    """RestrictedPermissionProfileFileSystemPermissions."""

    type: Literal["restricted"] = "restricted"
    entries: list[FileSystemSandboxEntry]
    glob_scan_max_depth: USize | None = None


class UnrestrictedPermissionProfileFileSystemPermissions(WireModel):
    """UnrestrictedPermissionProfileFileSystemPermissions."""

    type: Literal["unrestricted"] = "unrestricted"


PermissionProfileFileSystemPermissions = Annotated[
    RestrictedPermissionProfileFileSystemPermissions | UnrestrictedPermissionProfileFileSystemPermissions,
    by_tag("type"),
]


class PermissionProfileNetworkPermissions(WireModel):
    """PermissionProfileNetworkPermissions."""

    enabled: bool


class ManagedPermissionProfile(WireModel):
    """ManagedPermissionProfile."""

    type: Literal["managed"] = "managed"
    network: PermissionProfileNetworkPermissions
    file_system: PermissionProfileFileSystemPermissions


class DisabledPermissionProfile(WireModel):
    """DisabledPermissionProfile."""

    type: Literal["disabled"] = "disabled"


class ExternalPermissionProfile(WireModel):
    """ExternalPermissionProfile."""

    type: Literal["external"] = "external"
    network: PermissionProfileNetworkPermissions


PermissionProfile = Annotated[
    ManagedPermissionProfile | DisabledPermissionProfile | ExternalPermissionProfile,
    by_tag("type"),
]


class PermissionProfileListParams(WireModel):
    """PermissionProfileListParams."""

    cursor: str | None = None
    limit: U32 | None = None
    cwd: str | None = None


class PermissionProfileSummary(WireModel):
    """PermissionProfileSummary."""

    id: str
    description: str | None = None
    allowed: bool


class PermissionProfileListResponse(WireModel):
    """PermissionProfileListResponse."""

    data: list[PermissionProfileSummary]
    next_cursor: str | None = None


class RequestPermissionProfile(WireModel):
    """RequestPermissionProfile."""

    network: AdditionalNetworkPermissions | None = None
    file_system: AdditionalFileSystemPermissions | None = None
