"""`feedback/upload`."""

from protocol.wire import PathText, WireModel


class FeedbackUploadParams(WireModel):
    """`feedback/upload`: a report for those who run the service."""

    classification: str
    reason: str | None = None
    thread_id: str | None = None
    include_logs: bool = False
    extra_log_files: list[PathText] | None = None
    tags: dict[str, str] | None = None


class FeedbackUploadResponse(WireModel):
    """The id that the report goes by."""

    thread_id: str
    prompt_hash: str | None = None
