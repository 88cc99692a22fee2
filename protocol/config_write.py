"""config_write"""

from typing import Literal

from protocol.config_layer import ConfigLayerMetadata
from protocol.wire import AbsolutePathText, JsonValue, WireModel

MergeStrategy = Literal["replace", "upsert"]


class ConfigEdit(WireModel):
    """ConfigEdit."""

    key_path: str
    value: JsonValue
    merge_strategy: MergeStrategy


class ConfigBatchWriteParams(WireModel):
    """ConfigBatchWriteParams."""

    edits: list[ConfigEdit]
    file_path: str | None = None
    expected_version: str | None = None
    reload_user_config: bool = False


class ConfigValueWriteParams(WireModel):
    """ConfigValueWriteParams."""

    key_path: str
    value: JsonValue
    merge_strategy: MergeStrategy
    file_path: str | None = None
    expected_version: str | None = None


class OverriddenMetadata(WireModel):
    """OverriddenMetadata."""

    message: str
    overriding_layer: ConfigLayerMetadata
    effective_value: JsonValue


WriteStatus = Literal["ok", "okOverridden"]


class ConfigWriteResponse(WireModel):
    """ConfigWriteResponse."""

    status: WriteStatus
    version: str
    file_path: AbsolutePathText
    overridden_metadata: OverriddenMetadata | None = None
