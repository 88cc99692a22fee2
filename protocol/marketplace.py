"""Marketplaces of plugins."""

from protocol.wire import AbsolutePathText, WireModel


class MarketplaceAddParams(WireModel):
    """`marketplace/add`."""

    source: str
    """A folder, a repository, or its address."""
    ref_name: str | None = None
    """A branch or tag."""
    sparse_paths: list[str] | None = None
    """What is wanted of a repository."""


class MarketplaceAddResponse(WireModel):
    """Where it is."""

    marketplace_name: str
    installed_root: AbsolutePathText
    already_added: bool


class MarketplaceRemoveParams(WireModel):
    """`marketplace/remove`."""

    marketplace_name: str


class MarketplaceRemoveResponse(WireModel):
    """Where it was."""

    marketplace_name: str
    installed_root: AbsolutePathText | None = None


class MarketplaceUpgradeErrorInfo(WireModel):
    """One that could not be brought up to date."""

    marketplace_name: str
    message: str


class MarketplaceUpgradeParams(WireModel):
    """`marketplace/upgrade`: one, or all."""

    marketplace_name: str | None = None


class MarketplaceUpgradeResponse(WireModel):
    """What was done."""

    selected_marketplaces: list[str]
    upgraded_roots: list[AbsolutePathText]
    errors: list[MarketplaceUpgradeErrorInfo]
