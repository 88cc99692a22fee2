"""The one table of methods: what may be asked and told, with which types, in which order, by whom.

Routing, decoding, gating, ordering, schemas and documentation read it. It imports no type of the wire; a row
resolves its types when they are first used.
"""

from typing import TYPE_CHECKING

from protocol.table import client_requests, notifications, server_requests
from protocol.table.row import ClientRequest, Ordering, ServerNotification, ServerRequest

if TYPE_CHECKING:
    from protocol.wire import WireModel

__all__ = [
    "CLIENT_REQUESTS",
    "SERVER_NOTIFICATIONS",
    "SERVER_REQUESTS",
    "ClientRequest",
    "Ordering",
    "ServerNotification",
    "ServerRequest",
    "notification_of",
]

CLIENT_REQUESTS: dict[str, ClientRequest] = {row.name: row for row in client_requests.CLIENT_REQUESTS}
SERVER_REQUESTS: dict[str, ServerRequest] = {row.name: row for row in server_requests.SERVER_REQUESTS}
SERVER_NOTIFICATIONS: dict[str, ServerNotification] = {
    row.name: row for row in notifications.SERVER_NOTIFICATIONS
}

_BY_REFERENCE = {row.params: row for row in notifications.SERVER_NOTIFICATIONS}
_by_class: dict[type, ServerNotification] = {}


def notification_of(event: "WireModel") -> ServerNotification:
    """The row of the notification whose params this object is, found by its class.

    Raises KeyError when it is no notification.
    """
    kind = type(event)
    row = _by_class.get(kind)
    if row is None:
        module = kind.__module__.removeprefix("protocol.")
        row = _by_class[kind] = _BY_REFERENCE[f"{module}:{kind.__name__}"]
    return row
