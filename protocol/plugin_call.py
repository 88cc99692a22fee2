"""plugin_call"""

from typing import Literal

from protocol.app import AppSummary
from protocol.plugin import PluginAuthPolicy, PluginDetail, PluginSummary
from protocol.wire import AbsolutePath, AbsolutePathText, WireModel, no_items


class MarketplaceInterface(WireModel):
    """MarketplaceInterface."""

    display_name: str | None = None


class MarketplaceLoadErrorInfo(WireModel):
    """MarketplaceLoadErrorInfo."""

    marketplace_path: AbsolutePathText
    message: str


class PluginInstallParams(WireModel):
    """PluginInstallParams."""

    marketplace_path: AbsolutePath | None = None
    remote_marketplace_name: str | None = None
    install_attempt_id: str | None = None
    plugin_name: str


class PluginInstallResponse(WireModel):
    """PluginInstallResponse."""

    auth_policy: PluginAuthPolicy
    apps_needing_auth: list[AppSummary]


class PluginInstalledParams(WireModel):
    """PluginInstalledParams."""

    cwds: list[AbsolutePath] | None = None
    install_suggestion_plugin_names: list[str] | None = None


class PluginMarketplaceEntry(WireModel):
    """PluginMarketplaceEntry."""

    name: str
    path: AbsolutePathText | None = None
    interface: MarketplaceInterface | None = None
    plugins: list[PluginSummary]


class PluginInstalledResponse(WireModel):
    """PluginInstalledResponse."""

    marketplaces: list[PluginMarketplaceEntry]
    marketplace_load_errors: list[MarketplaceLoadErrorInfo] = no_items()


PluginListMarketplaceKind = Literal[
    "local",
    "vertical",
    "workspace-directory",
    "shared-with-me",
    "created-by-me-remote",
]


class PluginListParams(WireModel):
    """PluginListParams."""

    cwds: list[AbsolutePath] | None = None
    marketplace_kinds: list[PluginListMarketplaceKind] | None = None
    force_refetch: bool = False


class PluginListResponse(WireModel):
    """PluginListResponse."""

    marketplaces: list[PluginMarketplaceEntry]
    marketplace_load_errors: list[MarketplaceLoadErrorInfo] = no_items()
    featured_plugin_ids: list[str] = no_items()


class PluginReadParams(WireModel):
    """PluginReadParams."""

    marketplace_path: AbsolutePath | None = None
    remote_marketplace_name: str | None = None
    plugin_name: str


class PluginReadResponse(WireModel):
    """PluginReadResponse."""

    plugin: PluginDetail


class PluginSkillReadParams(WireModel):
    """PluginSkillReadParams."""

    remote_marketplace_name: str
    remote_plugin_id: str
    skill_name: str


class PluginSkillReadResponse(WireModel):
    """PluginSkillReadResponse."""

    contents: str | None = None


class PluginUninstallParams(WireModel):
    """PluginUninstallParams."""

    plugin_id: str


class PluginUninstallResponse(WireModel):
    """PluginUninstallResponse."""
