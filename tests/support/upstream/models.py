"""`GET …/models`: the catalogue."""

from support.upstream.endpoint import Endpoint
from support.upstream.replies import Status


def models() -> Endpoint:
    """An empty list, unless scripted otherwise."""
    return Endpoint(lambda _: Status(200, {"models": []}))
