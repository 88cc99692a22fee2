"""Changes of config.toml that keep its comments."""

from typing import Literal

from protocol.config_layer import ConfigLayerMetadata
from protocol.wire import AbsolutePathText, JsonValue, WireModel

MergeStrategy = Literal["replace", "upsert"]
"""`replace` puts the value in place of the old one, `upsert` merges tables into it."""


class ConfigEdit(WireModel):
    """One value to set."""

    key_path: str
    """Dotted."""
    value: JsonValue
    """null removes the key."""
    merge_strategy: MergeStrategy


class ConfigBatchWriteParams(WireModel):
    """`config/batchWrite`: all of the edits, or none."""

    edits: list[ConfigEdit]
    file_path: str | None = None
    """Absent: the user's file, the only one that may be written."""
    expected_version: str | None = None
    """The layer's version as last read; another one makes the write fail."""
    reload_user_config: bool = False
    """True to apply what can be applied to the loaded threads at once."""


class ConfigValueWriteParams(WireModel):
    """`config/value/write`: one edit."""

    key_path: str
    value: JsonValue
    merge_strategy: MergeStrategy
    file_path: str | None = None
    """Absent: the user's file, the only one that may be written."""
    expected_version: str | None = None
    """The layer's version as last read; another one makes the write fail."""


class OverriddenMetadata(WireModel):
    """Why a value that was written does not take effect."""

    message: str
    overriding_layer: ConfigLayerMetadata
    effective_value: JsonValue
    """What holds instead."""


WriteStatus = Literal["ok", "okOverridden"]
"""`okOverridden`: written, but a stronger layer says otherwise."""


class ConfigWriteResponse(WireModel):
    """What became of a write."""

    status: WriteStatus
    version: str
    """Of the layer after the write."""
    file_path: AbsolutePathText
    overridden_metadata: OverriddenMetadata | None = None
    """Set with `okOverridden`."""
