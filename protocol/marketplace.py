"""marketplace"""

from protocol.wire import AbsolutePathText, WireModel


class MarketplaceAddParams(WireModel):
    """MarketplaceAddParams."""

    source: str
    ref_name: str | None = None
    sparse_paths: list[str] | None = None


class MarketplaceAddResponse(WireModel):
    """MarketplaceAddResponse."""

    marketplace_name: str
    installed_root: AbsolutePathText
    already_added: bool


class MarketplaceRemoveParams(WireModel):
    """MarketplaceRemoveParams."""

    marketplace_name: str


class MarketplaceRemoveResponse(WireModel):
    """MarketplaceRemoveResponse."""

    marketplace_name: str
    installed_root: AbsolutePathText | None = None


class MarketplaceUpgradeErrorInfo(WireModel):
    """MarketplaceUpgradeErrorInfo."""

    marketplace_name: str
    message: str


class MarketplaceUpgradeParams(WireModel):
    """MarketplaceUpgradeParams."""

    marketplace_name: str | None = None


class MarketplaceUpgradeResponse(WireModel):
    """MarketplaceUpgradeResponse."""

    selected_marketplaces: list[str]
    upgraded_roots: list[AbsolutePathText]
    errors: list[MarketplaceUpgradeErrorInfo]
