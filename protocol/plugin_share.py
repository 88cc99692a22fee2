"""Sharing plugins in a workspace."""

from typing import Literal

from protocol.plugin import (
    PluginShareDiscoverability,
    PluginSharePrincipal,
    PluginSharePrincipalType,
    PluginSummary,
)
from protocol.wire import AbsolutePath, AbsolutePathText, WireModel


class PluginShareCheckoutParams(WireModel):
    """`plugin/share/checkout`."""

    remote_plugin_id: str


class PluginShareCheckoutResponse(WireModel):
    """Where it was put."""

    remote_plugin_id: str
    plugin_id: str
    plugin_name: str
    plugin_path: AbsolutePathText
    marketplace_name: str
    marketplace_path: AbsolutePathText
    remote_version: str | None = None


class PluginShareDeleteParams(WireModel):
    """`plugin/share/delete`."""

    remote_plugin_id: str


class PluginShareDeleteResponse(WireModel):
    """Empty."""


class PluginShareListItem(WireModel):
    """A plugin that was shared."""

    plugin: PluginSummary
    local_plugin_path: AbsolutePathText | None = None


class PluginShareListParams(WireModel):
    """`plugin/share/list`."""


class PluginShareListResponse(WireModel):
    """What was shared."""

    data: list[PluginShareListItem]


PluginShareTargetRole = Literal["reader", "editor"]
"""What somebody shall be able to do with it."""


class PluginShareTarget(WireModel):
    """Somebody to share it with."""

    principal_type: PluginSharePrincipalType
    principal_id: str
    role: PluginShareTargetRole


class PluginShareSaveParams(WireModel):
    """`plugin/share/save`."""

    plugin_path: AbsolutePath
    remote_plugin_id: str | None = None
    """Absent: a new one."""
    discoverability: PluginShareDiscoverability | None = None
    share_targets: list[PluginShareTarget] | None = None


class PluginShareSaveResponse(WireModel):
    """Where it is now."""

    remote_plugin_id: str
    share_url: str
    can_publish_to_workspace: bool | None = None


PluginShareUpdateDiscoverability = Literal["UNLISTED", "PRIVATE", "LISTED"]
"""Who shall find it."""


class PluginShareUpdateTargetsParams(WireModel):
    """`plugin/share/updateTargets`."""

    remote_plugin_id: str
    discoverability: PluginShareUpdateDiscoverability
    share_targets: list[PluginShareTarget]


class PluginShareUpdateTargetsResponse(WireModel):
    """Who has it now."""

    principals: list[PluginSharePrincipal]
    discoverability: PluginShareDiscoverability
