"""Which queue a request goes to, as its row of the table says (connection.md §5)."""

from collections.abc import Hashable

from protocol.methods import ClientRequest
from protocol.wire import WireModel


def queue_of(
    row: ClientRequest, params: WireModel | None, connection_number: int
) -> tuple[Hashable | None, bool]:
    """The queue's key, None for a request that waits for nobody, and whether it runs beside shared ones."""
    ordering = row.ordering
    if ordering is None:
        return None, False
    owner = connection_number if ordering.per_connection else None
    if not ordering.by:
        return (ordering.family, owner), ordering.shared
    for name in ordering.by:
        value: object = getattr(params, name, None)
        if value:
            return (ordering.family, owner, value), ordering.shared
    return None, False
