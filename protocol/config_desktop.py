"""config_desktop"""

from typing import Literal

from protocol.wire import VerbatimModel, WireModel

AllowDenyRequirement = Literal["allow", "deny"]


class BrowserUseOriginPolicyConfig(VerbatimModel):
    """BrowserUseOriginPolicyConfig."""

    access: AllowDenyRequirement | None = None
    downloads: AllowDenyRequirement | None = None
    uploads: AllowDenyRequirement | None = None
    full_cdp_access: AllowDenyRequirement | None = None


class BrowserUseConfig(VerbatimModel):
    """BrowserUseConfig."""

    allow_history_access: bool | None = None
    default_origin_policy: BrowserUseOriginPolicyConfig | None = None
    origins: dict[str, BrowserUseOriginPolicyConfig] | None = None


class ComputerUseMacosConfig(VerbatimModel):
    """ComputerUseMacosConfig."""

    bundle_ids: dict[str, AllowDenyRequirement] | None = None


class ComputerUseWindowsExeConfig(VerbatimModel):
    """ComputerUseWindowsExeConfig."""

    publisher_name: str
    product_name: str
    binary_name: str | None = None
    access: AllowDenyRequirement


class ComputerUseWindowsConfig(WireModel):
    """ComputerUseWindowsConfig."""

    aumids: dict[str, AllowDenyRequirement] | None = None
    exes: list[ComputerUseWindowsExeConfig] | None = None


class ComputerUseConfig(VerbatimModel):
    """ComputerUseConfig."""

    default_app_access: AllowDenyRequirement | None = None
    macos: ComputerUseMacosConfig | None = None
    windows: ComputerUseWindowsConfig | None = None
