"""`plugin/share/*`, `plugin/skill/read`: what only the vendor's catalogue has (services.md §9)."""

from app_server.handlers.base import Call
from app_server.handlers.plugins.plugins import vendor_only
from protocol.plugin_call import PluginSkillReadParams, PluginSkillReadResponse
from protocol.plugin_share import (
    PluginShareCheckoutParams,
    PluginShareCheckoutResponse,
    PluginShareDeleteParams,
    PluginShareDeleteResponse,
    PluginShareListParams,
    PluginShareListResponse,
    PluginShareSaveParams,
    PluginShareSaveResponse,
    PluginShareUpdateTargetsParams,
    PluginShareUpdateTargetsResponse,
)


class SharedPluginHandlers:
    """All are refused, as the reference refuses them where nobody is logged in."""

    async def read_skill(self, _call: Call, _params: PluginSkillReadParams) -> PluginSkillReadResponse:
        raise vendor_only("read remote plugin skill details")

    async def save(self, _call: Call, _params: PluginShareSaveParams) -> PluginShareSaveResponse:
        raise vendor_only("save remote plugin share")

    async def update_targets(
        self, _call: Call, _params: PluginShareUpdateTargetsParams
    ) -> PluginShareUpdateTargetsResponse:
        raise vendor_only("update remote plugin share targets")

    async def list_all(self, _call: Call, _params: PluginShareListParams) -> PluginShareListResponse:
        raise vendor_only("list remote plugin shares")

    async def check_out(self, _call: Call, _params: PluginShareCheckoutParams) -> PluginShareCheckoutResponse:
        raise vendor_only("checkout plugin share")

    async def delete(self, _call: Call, _params: PluginShareDeleteParams) -> PluginShareDeleteResponse:
        raise vendor_only("delete remote plugin share")
