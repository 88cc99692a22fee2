"""Tables of config.toml that the desktop app reads: browser and computer use."""

from typing import Literal

from protocol.wire import VerbatimModel, WireModel

AllowDenyRequirement = Literal["allow", "deny"]
"""A rule with two answers."""


class BrowserUseOriginPolicyConfig(VerbatimModel):
    """What the agent may do on one origin."""

    access: AllowDenyRequirement | None = None
    downloads: AllowDenyRequirement | None = None
    uploads: AllowDenyRequirement | None = None
    full_cdp_access: AllowDenyRequirement | None = None


class BrowserUseConfig(VerbatimModel):
    """`[browser_use]`."""

    allow_history_access: bool | None = None
    default_origin_policy: BrowserUseOriginPolicyConfig | None = None
    origins: dict[str, BrowserUseOriginPolicyConfig] | None = None
    """Origin → its own rules."""


class ComputerUseMacosConfig(VerbatimModel):
    """`[computer_use.macos]`."""

    bundle_ids: dict[str, AllowDenyRequirement] | None = None
    """Bundle id → whether the agent may use the app."""


class ComputerUseWindowsExeConfig(VerbatimModel):
    """A program, told by what its file says of itself."""

    publisher_name: str
    product_name: str
    binary_name: str | None = None
    access: AllowDenyRequirement


class ComputerUseWindowsConfig(WireModel):
    """`[computer_use.windows]`."""

    aumids: dict[str, AllowDenyRequirement] | None = None
    """Application user model id → whether the agent may use the app."""
    exes: list[ComputerUseWindowsExeConfig] | None = None


class ComputerUseConfig(VerbatimModel):
    """`[computer_use]`."""

    default_app_access: AllowDenyRequirement | None = None
    macos: ComputerUseMacosConfig | None = None
    windows: ComputerUseWindowsConfig | None = None
