"""config_layer"""

from typing import Annotated, Literal

from protocol.wire import AbsolutePathText, JsonValue, WireModel, by_tag


class PackagedDefaultsConfigLayerSource(WireModel):
    """PackagedDefaultsConfigLayerSource."""

    type: Literal["packagedDefaults"] = "packagedDefaults"
    file: AbsolutePathText


class MdmConfigLayerSource(WireModel):
    """MdmConfigLayerSource."""

    type: Literal["mdm"] = "mdm"
    domain: str
    key: str


class SystemConfigLayerSource(WireModel):
    """SystemConfigLayerSource."""

    type: Literal["system"] = "system"
    file: AbsolutePathText


class EnterpriseManagedConfigLayerSource(WireModel):
    """EnterpriseManagedConfigLayerSource."""

    type: Literal["enterpriseManaged"] = "enterpriseManaged"
    id: str
    name: str


class UserConfigLayerSource(WireModel):
    """UserConfigLayerSource."""

    type: Literal["user"] = "user"
    file: AbsolutePathText
    profile: str | None = None


class ProjectConfigLayerSource(WireModel):
    """ProjectConfigLayerSource."""

    type: Literal["project"] = "project"
    dot_codex_folder: AbsolutePathText


class SessionFlagsConfigLayerSource(WireModel):
    """SessionFlagsConfigLayerSource."""

    type: Literal["sessionFlags"] = "sessionFlags"


class LegacyManagedConfigTomlFromFileConfigLayerSource(WireModel):
    """LegacyManagedConfigTomlFromFileConfigLayerSource."""

    type: Literal["legacyManagedConfigTomlFromFile"] = "legacyManagedConfigTomlFromFile"
    file: AbsolutePathText


class LegacyManagedConfigTomlFromMdmConfigLayerSource(WireModel):
    """LegacyManagedConfigTomlFromMdmConfigLayerSource."""

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
    by_tag("type"),
]


class ConfigLayer(WireModel):
    """ConfigLayer."""

    name: ConfigLayerSource
    version: str
    config: JsonValue
    disabled_reason: str | None = None


class ConfigLayerMetadata(WireModel):
    """ConfigLayerMetadata."""

    name: ConfigLayerSource
    version: str
