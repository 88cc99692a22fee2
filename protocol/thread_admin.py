"""Archiving, naming and describing threads."""

from typing import Literal

from protocol.thread import Thread
from protocol.wire import Experimental, WireModel


class ThreadArchiveParams(WireModel):
    """`thread/archive`; also those that it spawned."""

    thread_id: str


class ThreadArchiveResponse(WireModel):
    """Empty."""


class ThreadDeleteParams(WireModel):
    """`thread/delete`: for good."""

    thread_id: str


class ThreadDeleteResponse(WireModel):
    """Empty."""


class ThreadMetadataGitInfoUpdateParams(WireModel):
    """Absent: as before. Null: cleared."""

    sha: str | None = None
    branch: str | None = None
    origin_url: str | None = None


class ThreadMetadataUpdateParams(WireModel):
    """`thread/metadata/update`."""

    thread_id: str
    project_id: Experimental[str | None] = None
    git_info: ThreadMetadataGitInfoUpdateParams | None = None
    daybreak_enabled: Experimental[bool | None] = None


class ThreadMetadataUpdateResponse(WireModel):
    """The thread as it is now."""

    thread: Thread


class ThreadSetNameParams(WireModel):
    """`thread/name/set`."""

    thread_id: str
    name: str


class ThreadSetNameResponse(WireModel):
    """Empty."""


class ThreadUnarchiveParams(WireModel):
    """`thread/unarchive`."""

    thread_id: str


class ThreadUnarchiveResponse(WireModel):
    """The thread, not loaded."""

    thread: Thread


class ThreadUnsubscribeParams(WireModel):
    """`thread/unsubscribe`: this connection no longer wants to hear of it."""

    thread_id: str


ThreadUnsubscribeStatus = Literal["notLoaded", "notSubscribed", "unsubscribed"]
"""`notLoaded` also for ids that nobody knows."""


class ThreadUnsubscribeResponse(WireModel):
    """What became of it."""

    status: ThreadUnsubscribeStatus
