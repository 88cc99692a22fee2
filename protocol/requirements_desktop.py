"""Demands on the desktop app's browser and computer use."""

from typing import Literal

from protocol.config_desktop import AllowDenyRequirement
from protocol.wire import WireModel

BrowserUseAccessApprovalLifetime = Literal["turn", "thread"]
"""How long an approval of an origin holds."""


class RequestHeader(WireModel):
    """A header that requests of the browser carry."""

    name: str
    value: str


class BrowserUseExtensionRequirements(WireModel):
    """Demands on the browser extension."""

    request_headers: list[RequestHeader] | None = None


class BrowserUseOriginPolicy(WireModel):
    """What is demanded for one origin."""

    access: AllowDenyRequirement | None = None
    downloads: AllowDenyRequirement | None = None
    uploads: AllowDenyRequirement | None = None
    full_cdp_access: AllowDenyRequirement | None = None
    auto_review: AllowDenyRequirement | None = None
    persistent_approval: bool | None = None
    access_approval_lifetime: BrowserUseAccessApprovalLifetime | None = None


class BrowserUseRequirements(WireModel):
    """Demands on browser use."""

    extension: BrowserUseExtensionRequirements | None = None
    allow_webmcp: bool | None = None
    allow_history_access: bool | None = None
    disable_auto_review: bool | None = None
    allow_global_persistent_approval: bool | None = None
    default_origin_policy: BrowserUseOriginPolicy | None = None
    origins: dict[str, BrowserUseOriginPolicy] | None = None


class ComputerUseMacosRequirements(WireModel):
    """Demands on macOS."""

    bundle_ids: dict[str, AllowDenyRequirement] | None = None


class ComputerUseWindowsExeRequirement(WireModel):
    """A program, told by what its file says of itself."""

    publisher_name: str
    product_name: str
    binary_name: str | None = None
    access: AllowDenyRequirement


class ComputerUseWindowsRequirements(WireModel):
    """Demands on Windows."""

    aumids: dict[str, AllowDenyRequirement] | None = None
    exes: list[ComputerUseWindowsExeRequirement] | None = None


class ComputerUseRequirements(WireModel):
    """Demands on computer use."""

    allow_locked_computer_use: bool | None = None
    allow_persistent_approval: bool | None = None
    default_app_access: AllowDenyRequirement | None = None
    macos: ComputerUseMacosRequirements | None = None
    windows: ComputerUseWindowsRequirements | None = None


class InAppBrowserRequirements(WireModel):
    """Demands on the browser inside the app."""

    allow_external_browser_settings_import: bool | None = None
