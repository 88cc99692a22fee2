"""Listing, reading and installing plugins."""

from typing import Literal

from protocol.app import AppSummary
from protocol.plugin import PluginAuthPolicy, PluginDetail, PluginSummary
from protocol.wire import AbsolutePath, AbsolutePathText, WireModel, no_items


class MarketplaceInterface(WireModel):
    """How a marketplace is shown."""

    display_name: str | None = None


class MarketplaceLoadErrorInfo(WireModel):
    """A marketplace that could not be read."""

    marketplace_path: AbsolutePathText
    message: str


class PluginInstallParams(WireModel):
    """`plugin/install`: from a marketplace here or of the provider; one of the two."""

    marketplace_path: AbsolutePath | None = None
    remote_marketplace_name: str | None = None
    install_attempt_id: str | None = None
    plugin_name: str


class PluginInstallResponse(WireModel):
    """It is installed."""

    auth_policy: PluginAuthPolicy
    apps_needing_auth: list[AppSummary]


class PluginInstalledParams(WireModel):
    """`plugin/installed`."""

    cwds: list[AbsolutePath] | None = None
    install_suggestion_plugin_names: list[str] | None = None


class PluginMarketplaceEntry(WireModel):
    """A marketplace and its plugins."""

    name: str
    path: AbsolutePathText | None = None
    """Null when it is not on this machine."""
    interface: MarketplaceInterface | None = None
    plugins: list[PluginSummary]


class PluginInstalledResponse(WireModel):
    """The installed ones by marketplace."""

    marketplaces: list[PluginMarketplaceEntry]
    marketplace_load_errors: list[MarketplaceLoadErrorInfo] = no_items()


PluginListMarketplaceKind = Literal[
    "local",
    "vertical",
    "workspace-directory",
    "shared-with-me",
    "created-by-me-remote",
]
"""Kinds of marketplaces."""


class PluginListParams(WireModel):
    """`plugin/list`."""

    cwds: list[AbsolutePath] | None = None
    marketplace_kinds: list[PluginListMarketplaceKind] | None = None
    force_refetch: bool = False


class PluginListResponse(WireModel):
    """The plugins by marketplace."""

    marketplaces: list[PluginMarketplaceEntry]
    marketplace_load_errors: list[MarketplaceLoadErrorInfo] = no_items()
    featured_plugin_ids: list[str] = no_items()


class PluginReadParams(WireModel):
    """`plugin/read`: of a marketplace here or of the provider; one of the two."""

    marketplace_path: AbsolutePath | None = None
    remote_marketplace_name: str | None = None
    plugin_name: str


class PluginReadResponse(WireModel):
    """The plugin."""

    plugin: PluginDetail


class PluginSkillReadParams(WireModel):
    """`plugin/skill/read`."""

    remote_marketplace_name: str
    remote_plugin_id: str
    skill_name: str


class PluginSkillReadResponse(WireModel):
    """The skill's text."""

    contents: str | None = None


class PluginUninstallParams(WireModel):
    """`plugin/uninstall`."""

    plugin_id: str


class PluginUninstallResponse(WireModel):
    """Empty."""
