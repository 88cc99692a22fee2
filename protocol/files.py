"""`fs/*`: the server's file system, outside of any sandbox (services.md §4)."""

from protocol.wire import I64, AbsolutePath, AbsolutePathText, WireModel


class FsChangedNotification(WireModel):
    """`fs/changed`: several changes at once."""

    watch_id: str
    changed_paths: list[AbsolutePathText]


class FsCopyParams(WireModel):
    """`fs/copy`."""

    source_path: AbsolutePath
    destination_path: AbsolutePath
    recursive: bool = False
    """Needed for folders."""


class FsCopyResponse(WireModel):
    """Empty."""


class FsCreateDirectoryParams(WireModel):
    """`fs/createDirectory`."""

    path: AbsolutePath
    recursive: bool | None = None
    """Absent: true, parents too."""


class FsCreateDirectoryResponse(WireModel):
    """Empty."""


class FsGetMetadataParams(WireModel):
    """`fs/getMetadata`."""

    path: AbsolutePath


class FsGetMetadataResponse(WireModel):
    """What a path is; links are followed."""

    is_directory: bool
    is_file: bool
    is_symlink: bool
    created_at_ms: I64
    """Unix milliseconds; 0 when it is not known."""
    modified_at_ms: I64
    """Unix milliseconds; 0 when it is not known."""


class FsReadDirectoryEntry(WireModel):
    """One entry."""

    file_name: str
    """The name alone."""
    is_directory: bool
    is_file: bool


class FsReadDirectoryParams(WireModel):
    """`fs/readDirectory`."""

    path: AbsolutePath


class FsReadDirectoryResponse(WireModel):
    """What is in it."""

    entries: list[FsReadDirectoryEntry]


class FsReadFileParams(WireModel):
    """`fs/readFile`."""

    path: AbsolutePath


class FsReadFileResponse(WireModel):
    """The bytes."""

    data_base64: str


class FsRemoveParams(WireModel):
    """`fs/remove`."""

    path: AbsolutePath
    recursive: bool | None = None
    """Absent: true, with all that is in it."""
    force: bool | None = None
    """Absent: true, it need not exist."""


class FsRemoveResponse(WireModel):
    """Empty."""


class FsUnwatchParams(WireModel):
    """`fs/unwatch`."""

    watch_id: str


class FsUnwatchResponse(WireModel):
    """Empty."""


class FsWatchParams(WireModel):
    """`fs/watch`: tell this connection when something changes."""

    watch_id: str
    """A name of the client's, unique on its connection."""
    path: AbsolutePath


class FsWatchResponse(WireModel):
    """The path that is watched, canonical."""

    path: AbsolutePathText


class FsWriteFileParams(WireModel):
    """`fs/writeFile`: creates or replaces."""

    path: AbsolutePath
    data_base64: str


class FsWriteFileResponse(WireModel):
    """Empty."""
