"""`POST …/responses/compact`: a history made short."""

from support.upstream.endpoint import Endpoint
from support.upstream.replies import Status


def compact() -> Endpoint:
    """One item that stands for all there was, unless scripted otherwise."""
    return Endpoint(lambda _: Status(200, {"output": [{"type": "compaction", "encrypted_content": "short"}]}))
