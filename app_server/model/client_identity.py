"""Who the server says it is, to everybody that it asks (model-client.md §2)."""

from typing import Protocol

from app_server.http.message import Headers, printable


class ClientIdentity(Protocol):
    """Who the server says it is; read for every request, because a later client may change it."""

    @property
    def originator(self) -> str: ...

    @property
    def user_agent(self) -> str: ...


def identity_headers(identity: ClientIdentity) -> Headers:
    """`originator` and `user-agent`: defaults, which a provider's own headers may replace."""
    return {
        "originator": printable(identity.originator),
        "user-agent": printable(identity.user_agent),
    }
