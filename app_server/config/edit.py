"""Edits of a TOML document that leave everything else in it as it was (persistence.md §11.6).

Each edit is made twice: to the document, whose comments and order stay, and to its values, which say what the
document must come to. Where the two differ nothing may be written.
"""

from collections.abc import Iterable, Mapping, MutableMapping, MutableSequence
from json import dumps
from typing import Literal, NamedTuple, cast

from app_server.config.merge import merge
from app_server.config.toml import to_json
from protocol.wire import JsonObject, JsonValue

_Table = MutableMapping[str, object]
_I64 = range(-(2**63), 2**63)


class Edit(NamedTuple):
    """One value to set. None removes the key; `upsert` merges tables into tables."""

    path: tuple[str, ...]
    value: JsonValue
    strategy: Literal["replace", "upsert"] = "replace"


class EditError(ValueError):
    """What cannot be written in TOML, or not without changing something else."""


def edited_values(values: JsonObject, edits: Iterable[Edit]) -> JsonObject:
    """The values after all edits; the argument is not altered."""
    for edit in edits:
        values = _with(values, edit)
    return values


def edited_text(text: str, edits: Iterable[Edit]) -> str:
    """The document after all edits. Raises EditError."""
    import tomlkit  # 25 ms, for a rare write
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        for edit in edits:
            _apply(cast("_Table", document), edit)
        return tomlkit.dumps(document)
    except (TOMLKitError, TypeError, AttributeError) as error:
        raise EditError(str(error)) from error


def writable(value: JsonValue) -> JsonValue:
    """The value as TOML can hold it: members that are null are left out. Raises EditError."""
    match value:
        case dict():
            return {key: writable(member) for key, member in value.items() if member is not None}
        case list():
            if None in value:
                raise EditError("a list cannot hold null")
            return [writable(one) for one in value]
        case int() if value not in _I64:
            raise EditError(f"the number {value} is too large")
        case _:
            return value


def same(one: JsonValue, other: JsonValue) -> bool:
    """Whether two values are written alike; Python takes 1, 1.0 and true for one another."""
    return dumps(one, sort_keys=True) == dumps(other, sort_keys=True)


def _with(values: JsonObject, edit: Edit) -> JsonObject:
    key, *rest = edit.path
    below = values.get(key)
    if rest:
        inner = below if isinstance(below, dict) else {}
        if edit.value is None and not _has(values, edit.path):
            return values
        return {**values, key: _with(inner, edit._replace(path=tuple(rest)))}
    if edit.value is None:
        return {name: member for name, member in values.items() if name != key}
    if edit.strategy == "upsert" and isinstance(below, dict) and isinstance(edit.value, dict):
        return {**values, key: merge(below, edit.value)}
    return {**values, key: edit.value}


def without_empty(value: JsonValue) -> JsonValue:
    """The value without its empty tables: a table that had no header goes with its last member."""
    if not isinstance(value, dict):
        return value
    members = {key: without_empty(member) for key, member in value.items()}
    return {key: member for key, member in members.items() if member != {}}


def _has(values: object, path: tuple[str, ...]) -> bool:
    if not path:
        return True
    if not isinstance(values, Mapping):
        return False
    members = cast("Mapping[str, object]", values)
    return path[0] in members and _has(members[path[0]], path[1:])


def _apply(table: _Table, edit: Edit) -> None:
    import tomlkit
    from tomlkit.items import InlineTable

    if edit.value is None and not _has(table, edit.path):
        return
    *outer, last = edit.path
    for at, key in enumerate(outer):
        if not isinstance(table.get(key), MutableMapping):
            # A parent that holds nothing but the next table needs no header of its own.
            is_super = at + 1 < len(outer) or isinstance(edit.value, dict)
            fresh = tomlkit.inline_table() if isinstance(table, InlineTable) else tomlkit.table(is_super)
            _set(table, key, fresh)
        table = cast("_Table", table[key])
    if edit.value is None:
        del table[last]
    elif edit.strategy == "upsert":
        _upsert(table, last, edit.value)
    else:
        _replace(table, last, edit.value)


def _upsert(table: _Table, key: str, value: JsonValue) -> None:
    below = table.get(key)
    if not isinstance(below, MutableMapping) or not isinstance(value, dict):
        _replace(table, key, value)
        return
    for name, member in sorted(value.items()):
        _upsert(cast("_Table", below), name, member)


def _replace(table: _Table, key: str, value: JsonValue) -> None:
    if key in table and same(to_json(table[key]), value):
        return  # its way of writing stays
    _set(table, key, _item(value, inline=_is_inline(table)))


def _set(table: _Table, key: str, item: object) -> None:
    from tomlkit.items import Item

    old = table.get(key)
    if isinstance(old, Item) and isinstance(item, Item) and not isinstance(old, MutableMapping):
        trivia, before = item.trivia, old.trivia
        if not isinstance(item, MutableMapping):
            trivia.comment_ws, trivia.comment, trivia.trail = before.comment_ws, before.comment, before.trail
    if isinstance(item, MutableMapping) and key in table and not _is_inline(table):
        del table[key]  # a table cannot stand where a value stood: what follows it would become its own
    table[key] = item


def _is_inline(table: object) -> bool:
    from tomlkit.items import InlineTable

    return isinstance(table, InlineTable)


def _item(value: JsonValue, *, inline: bool) -> object:
    """An object becomes a table with sorted keys, values before tables; within a value it is inline."""
    import tomlkit

    match value:
        case dict():
            members = sorted(value.items(), key=lambda member: (isinstance(member[1], dict), member[0]))
            tables_only = bool(members) and all(isinstance(member, dict) for _, member in members)
            made = cast("_Table", tomlkit.inline_table() if inline else tomlkit.table(tables_only))
            for key, member in members:
                made[key] = _item(member, inline=inline)
            return made
        case list():
            array = cast("MutableSequence[object]", tomlkit.array())
            array.extend(_item(one, inline=True) for one in value)
            return array
        case _:
            return tomlkit.item(value)
