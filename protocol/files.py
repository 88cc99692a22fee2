"""files"""

from protocol.wire import I64, AbsolutePath, AbsolutePathText, WireModel


class FsChangedNotification(WireModel):
    """FsChangedNotification."""

    watch_id: str
    changed_paths: list[AbsolutePathText]


class FsCopyParams(WireModel):
    """FsCopyParams."""

    source_path: AbsolutePath
    destination_path: AbsolutePath
    recursive: bool = False


class FsCopyResponse(WireModel):
    """FsCopyResponse."""


class FsCreateDirectoryParams(WireModel):
    """FsCreateDirectoryParams."""

    path: AbsolutePath
    recursive: bool | None = None


class FsCreateDirectoryResponse(WireModel):
    """FsCreateDirectoryResponse."""


class FsGetMetadataParams(WireModel):
    """FsGetMetadataParams."""

    path: AbsolutePath


class FsGetMetadataResponse(WireModel):
    """FsGetMetadataResponse."""

    is_directory: bool
    is_file: bool
    is_symlink: bool
    created_at_ms: I64
    modified_at_ms: I64


class FsReadDirectoryEntry(WireModel):
    """FsReadDirectoryEntry."""

    file_name: str
    is_directory: bool
    is_file: bool


class FsReadDirectoryParams(WireModel):
    """FsReadDirectoryParams."""

    path: AbsolutePath


class FsReadDirectoryResponse(WireModel):
    """FsReadDirectoryResponse."""

    entries: list[FsReadDirectoryEntry]


class FsReadFileParams(WireModel):
    """FsReadFileParams."""

    path: AbsolutePath


class FsReadFileResponse(WireModel):
    """FsReadFileResponse."""

    data_base64: str


class FsRemoveParams(WireModel):
    """FsRemoveParams."""

    path: AbsolutePath
    recursive: bool | None = None
    force: bool | None = None


class FsRemoveResponse(WireModel):
    """FsRemoveResponse."""


class FsUnwatchParams(WireModel):
    """FsUnwatchParams."""

    watch_id: str


class FsUnwatchResponse(WireModel):
    """FsUnwatchResponse."""


class FsWatchParams(WireModel):
    """FsWatchParams."""

    watch_id: str
    path: AbsolutePath


class FsWatchResponse(WireModel):
    """FsWatchResponse."""

    path: AbsolutePathText


class FsWriteFileParams(WireModel):
    """FsWriteFileParams."""

    path: AbsolutePath
    data_base64: str


class FsWriteFileResponse(WireModel):
    """FsWriteFileResponse."""
