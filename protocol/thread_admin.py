"""thread_admin"""

from typing import Literal

from protocol.thread import Thread
from protocol.wire import Experimental, WireModel


class ThreadArchiveParams(WireModel):
    """ThreadArchiveParams."""

    thread_id: str


class ThreadArchiveResponse(WireModel):
    """ThreadArchiveResponse."""


class ThreadDeleteParams(WireModel):
    """ThreadDeleteParams."""

    thread_id: str


class ThreadDeleteResponse(WireModel):
    """ThreadDeleteResponse."""


class ThreadMetadataGitInfoUpdateParams(WireModel):
    """ThreadMetadataGitInfoUpdateParams."""

    sha: str | None = None
    branch: str | None = None
    origin_url: str | None = None


class ThreadMetadataUpdateParams(WireModel):
    """ThreadMetadataUpdateParams."""

    thread_id: str
    project_id: Experimental[str | None] = None
    git_info: ThreadMetadataGitInfoUpdateParams | None = None
    daybreak_enabled: Experimental[bool | None] = None


class ThreadMetadataUpdateResponse(WireModel):
    """ThreadMetadataUpdateResponse."""

    thread: Thread


class ThreadSetNameParams(WireModel):
    """ThreadSetNameParams."""

    thread_id: str
    name: str


class ThreadSetNameResponse(WireModel):
    """ThreadSetNameResponse."""


class ThreadUnarchiveParams(WireModel):
    """ThreadUnarchiveParams."""

    thread_id: str


class ThreadUnarchiveResponse(WireModel):
    """ThreadUnarchiveResponse."""

    thread: Thread


class ThreadUnsubscribeParams(WireModel):
    """ThreadUnsubscribeParams."""

    thread_id: str


ThreadUnsubscribeStatus = Literal["notLoaded", "notSubscribed", "unsubscribed"]


class ThreadUnsubscribeResponse(WireModel):
    """ThreadUnsubscribeResponse."""

    status: ThreadUnsubscribeStatus
