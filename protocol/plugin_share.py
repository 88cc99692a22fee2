"""plugin_share"""

from typing import Literal

from protocol.plugin import (
    PluginShareDiscoverability,
    PluginSharePrincipal,
    PluginSharePrincipalType,
    PluginSummary,
)
from protocol.wire import AbsolutePath, AbsolutePathText, WireModel


class PluginShareCheckoutParams(WireModel):
    """PluginShareCheckoutParams."""

    remote_plugin_id: str


class PluginShareCheckoutResponse(WireModel):
    """PluginShareCheckoutResponse."""

    remote_plugin_id: str
    plugin_id: str
    plugin_name: str
    plugin_path: AbsolutePathText
    marketplace_name: str
    marketplace_path: AbsolutePathText
    remote_version: str | None = None


class PluginShareDeleteParams(WireModel):
    """PluginShareDeleteParams."""

    remote_plugin_id: str


class PluginShareDeleteResponse(WireModel):
    """PluginShareDeleteResponse."""


class PluginShareListItem(WireModel):
    """PluginShareListItem."""

    plugin: PluginSummary
    local_plugin_path: AbsolutePathText | None = None


class PluginShareListParams(WireModel):
    """PluginShareListParams."""


class PluginShareListResponse(WireModel):
    """PluginShareListResponse."""

    data: list[PluginShareListItem]


PluginShareTargetRole = Literal["reader", "editor"]


class PluginShareTarget(WireModel):
    """PluginShareTarget."""

    principal_type: PluginSharePrincipalType
    principal_id: str
    role: PluginShareTargetRole


class PluginShareSaveParams(WireModel):
    """PluginShareSaveParams."""

    plugin_path: AbsolutePath
    remote_plugin_id: str | None = None
    discoverability: PluginShareDiscoverability | None = None
    share_targets: list[PluginShareTarget] | None = None


class PluginShareSaveResponse(WireModel):
    """PluginShareSaveResponse."""

    remote_plugin_id: str
    share_url: str
    can_publish_to_workspace: bool | None = None


PluginShareUpdateDiscoverability = Literal["UNLISTED", "PRIVATE", "LISTED"]


class PluginShareUpdateTargetsParams(WireModel):
    """PluginShareUpdateTargetsParams."""

    remote_plugin_id: str
    discoverability: PluginShareUpdateDiscoverability
    share_targets: list[PluginShareTarget]


class PluginShareUpdateTargetsResponse(WireModel):
    """PluginShareUpdateTargetsResponse."""

    principals: list[PluginSharePrincipal]
    discoverability: PluginShareDiscoverability
