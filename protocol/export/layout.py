"""Which file and which namespace a type goes to, so that generators made for the reference find it there."""

from collections.abc import Iterator

from protocol.export.catalogue import (
    Definition,
    Mapping,
    Member,
    Named,
    Sequence,
    Type,
    Union,
    catalogue,
    same_as,
    tagged_members,
)
from protocol.methods import CLIENT_REQUESTS, SERVER_NOTIFICATIONS, SERVER_REQUESTS, ClientRequest

_ROOT_MODULES = {"initialize", "approval", "approval_legacy", "attestation", "elicitation", "search"}
_ROOT_NAMES = {
    "AdditionalPermissionProfile",
    "DynamicToolCallParams",
    "DynamicToolCallResponse",
    "GrantedPermissionProfile",
    "NetworkApprovalContext",
    "NetworkPolicyAmendment",
    "NetworkPolicyRuleAction",
    "PermissionGrantScope",
}
_V2_NAMES = {"ServerRequestResolvedNotification"}


def is_root(name: str) -> bool:
    """Whether the type stands outside of `v2`: what existed before it, and what the server asks."""
    definition = catalogue()[name]
    return name in _ROOT_NAMES or (definition.module in _ROOT_MODULES and name not in _V2_NAMES)


def folder_of(name: str) -> str:
    """The folder of the type's own file: "", "v1" or "v2"."""
    if name in {"InitializeParams", "InitializeResponse"}:
        return "v1"
    return "" if is_root(name) else "v2"


def requests(*, experimental: bool, hidden: bool = False) -> list[ClientRequest]:
    """The rows that are shown, in the order of the table."""
    return [
        row
        for row in CLIENT_REQUESTS.values()
        if (hidden or not row.hidden) and (experimental or not row.experimental)
    ]


def references(row: ClientRequest) -> list[str]:
    """The references to params and result."""
    return [reference for reference in (row.params, row.result) if reference]


def sent_by_clients(*, experimental: bool) -> tuple[list[str], list[str]]:
    """All that clients send, and all that they receive."""
    rows = requests(experimental=experimental, hidden=True)
    sent = [row.params for row in rows if row.params] + [row.result for row in SERVER_REQUESTS.values()]
    received = [row.result for row in rows] + [row.params for row in SERVER_REQUESTS.values()]
    received += [row.params for row in SERVER_NOTIFICATIONS.values()]
    return (
        closure(list(map(name_of, sent)), experimental=experimental),
        closure(list(map(name_of, received)), experimental=experimental),
    )


def name_of(reference: str) -> str:
    """The name on the wire of `"module:Type"`."""
    return same_as(catalogue()[reference.partition(":")[2]]).name


def method_types(*, experimental: bool) -> list[str]:
    """The params, results and notifications: the types that have a file of their own."""
    found: dict[str, None] = {}
    for row in requests(experimental=experimental):
        found |= dict.fromkeys(name_of(reference) for reference in references(row))
    for asked in SERVER_REQUESTS.values():
        found |= dict.fromkeys((name_of(asked.params), name_of(asked.result)))
    for told in SERVER_NOTIFICATIONS.values():
        found |= dict.fromkeys((name_of(told.params),))
    return sorted(found)


def shown_members(definition: Definition, *, experimental: bool) -> list[Member]:
    """The members that are shown, by key."""
    shown = (member for member in definition.members if experimental or not member.experimental)
    return sorted(shown, key=lambda member: member.key)


def closure(names: list[str], *, experimental: bool) -> list[str]:
    """These types and all that they are made of, as far as they have definitions of their own."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(_used(catalogue()[name], experimental=experimental))
    return sorted(found)


def _used(definition: Definition, *, experimental: bool) -> Iterator[str]:
    parts: list[Type] = [member.type for member in shown_members(definition, experimental=experimental)]
    tagged = tagged_members(definition)
    for part in [*parts, *([] if tagged or definition.alias is None else [definition.alias])]:
        yield from _names(part, experimental=experimental)
    for variant in tagged:
        yield from _used(catalogue()[variant.name], experimental=experimental)


def _names(part: Type, *, experimental: bool) -> Iterator[str]:
    match part:
        case Named(name):
            definition = catalogue()[name]
            if definition.in_place:
                yield from _used(definition, experimental=experimental)
            else:
                yield name
        case Sequence(inner) | Mapping(inner):
            yield from _names(inner, experimental=experimental)
        case Union(members):
            for member in members:
                yield from _names(member, experimental=experimental)
        case _:
            pass
