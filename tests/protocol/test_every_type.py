"""For every type of the table: what we can make, its schema allows, and reading it back gives the same."""

import types
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import jsonschema_rs
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import AfterValidator
from pydantic.fields import FieldInfo

from protocol.decode import decode_type
from protocol.export.json_schema import json_schema_files
from protocol.export.layout import folder_of, name_of
from protocol.methods import CLIENT_REQUESTS, SERVER_NOTIFICATIONS, SERVER_REQUESTS
from protocol.table.row import resolve
from protocol.wire import WireModel

REFERENCES = sorted(
    {
        reference
        for row in [*CLIENT_REQUESTS.values(), *SERVER_REQUESTS.values()]
        if row.name
        not in {"getConversationSummary", "gitDiffToRemote", "getAuthStatus", "debug/buildPromptInput"}
        for reference in (row.params, row.result)
        if reference
    }
    | {row.params for row in SERVER_NOTIFICATIONS.values()}
    - {"item_progress:RawResponseItemCompletedNotification"}
)
"""All but those that carry items of the provider, which pass through unseen."""
TEXT = st.text(max_size=5)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | TEXT, lambda inner: st.lists(inner, max_size=2)
)


@cache
def schemas() -> dict[str, Any]:
    return {name: orjson.loads(text) for name, text in json_schema_files(experimental=True).items()}


@cache
def values(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a type as our own code would make them."""
    simple: dict[Any, st.SearchStrategy[Any]] = {
        str: TEXT,
        bool: st.booleans(),
        int: st.integers(0, 99),
        float: st.floats(-1e6, 1e6),
        Any: JSON,
        type(None): st.none(),
    }
    if kind in simple:
        return simple[kind]
    if isinstance(kind, type) and issubclass(kind, WireModel):
        return objects(kind)
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return noted(args[0], args[1:])
    if origin is Literal:
        return st.sampled_from(args)
    if origin is Union or origin is types.UnionType:
        return st.one_of([values(member) for member in args])
    if origin is list:
        return st.lists(values(args[0]), max_size=2)
    return st.dictionaries(TEXT, values(args[1]), max_size=2)


def noted(bare: Any, notes: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    for note in notes:
        if isinstance(note, AfterValidator):
            return st.just("/srv/a")
        if isinstance(note, FieldInfo) and bare is int:
            least, greatest = note.metadata
            return st.integers(least.ge, greatest.le)
    return values(bare)


@cache
def objects(kind: type[WireModel]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind, include_extras=True)
    fields = kind.model_fields
    required = {name: values(hints[name]) for name, field in fields.items() if field.is_required()}
    rest = fields.keys() - required.keys() - {"history"}  # items of the provider, as above
    optional = {name: values(hints[name]) for name in sorted(rest)}
    return st.fixed_dictionaries(required, optional=optional).map(lambda given: kind(**given))


@pytest.mark.parametrize("reference", REFERENCES)
@settings(
    max_examples=2,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_what_we_make_is_allowed_by_its_schema_and_read_back_the_same(reference: str, data: Any) -> None:
    kind, name = resolve(reference), name_of(reference)
    schema = jsonschema_rs.Draft7Validator(schemas()[f"{folder_of(name)}/{name}.json".lstrip("/")])
    made = data.draw(values(kind))

    sent = orjson.loads(made.to_bytes())

    assert sent == made.to_wire()
    schema.validate(sent)
    assert decode_type(kind, sent).to_wire() == sent
