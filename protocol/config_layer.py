"""The layers that a configuration is merged from."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.wire import AbsolutePathText, Dated, JsonValue, WireModel


class PackagedDefaultsConfigLayerSource(WireModel):
    """What the installation brings along."""

    type: Literal["packagedDefaults"] = "packagedDefaults"
    file: AbsolutePathText


class MdmConfigLayerSource(WireModel):
    """Preferences that a device management sets (macOS)."""

    type: Literal["mdm"] = "mdm"
    domain: str
    key: str


class SystemConfigLayerSource(WireModel):
    """The machine's file."""

    type: Literal["system"] = "system"
    file: AbsolutePathText


class EnterpriseManagedConfigLayerSource(WireModel):
    """What the organisation's service hands out."""

    type: Literal["enterpriseManaged"] = "enterpriseManaged"
    id: str
    name: str


class UserConfigLayerSource(WireModel):
    """config.toml of the user."""

    type: Literal["user"] = "user"
    file: AbsolutePathText
    profile: str | None = None
    """The profile that is applied on top, if any."""


class ProjectConfigLayerSource(WireModel):
    """`.codex/config.toml` of a trusted project."""

    type: Literal["project"] = "project"
    dot_codex_folder: AbsolutePathText


class SessionFlagsConfigLayerSource(WireModel):
    """`-c key=value`, and the `config` of a request."""

    type: Literal["sessionFlags"] = "sessionFlags"


class LegacyManagedConfigTomlFromFileConfigLayerSource(WireModel):
    """The older managed_config.toml."""

    type: Literal["legacyManagedConfigTomlFromFile"] = "legacyManagedConfigTomlFromFile"
    file: AbsolutePathText


class LegacyManagedConfigTomlFromMdmConfigLayerSource(WireModel):
    """The same, set by a device management."""

    type: Literal["legacyManagedConfigTomlFromMdm"] = "legacyManagedConfigTomlFromMdm"


ConfigLayerSource = Annotated[
    PackagedDefaultsConfigLayerSource
    | MdmConfigLayerSource
    | SystemConfigLayerSource
    | EnterpriseManagedConfigLayerSource
    | UserConfigLayerSource
    | ProjectConfigLayerSource
    | SessionFlagsConfigLayerSource
    | LegacyManagedConfigTomlFromFileConfigLayerSource
    | LegacyManagedConfigTomlFromMdmConfigLayerSource,
    Field(discriminator="type"),
    Dated(
        new=(
            "packagedDefaults",
            "enterpriseManaged",
        )
    ),
]
"""Where a layer comes from."""


class ConfigLayer(WireModel):
    """One layer with its content."""

    name: ConfigLayerSource
    version: str
    config: JsonValue
    """The table that it holds."""
    disabled_reason: str | None = None
    """Why it does not count; null when it does."""


class ConfigLayerMetadata(WireModel):
    """A layer by name and state."""

    name: ConfigLayerSource
    version: str
    """Changes whenever the layer's content does; goes into `expectedVersion` of a write."""
