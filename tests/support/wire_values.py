"""Values of any type of the wire, as our own code would make them (for hypothesis)."""

import types
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from pydantic import AfterValidator
from pydantic.fields import FieldInfo

from protocol.wire import WireModel

TEXT = st.text(max_size=5)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | TEXT, lambda inner: st.lists(inner, max_size=2)
)


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
        if isinstance(note, AfterValidator) and bare is str:
            return st.just("/srv/a")  # absolute, and not empty: whatever one may ask of a text
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
    if "file_id" in optional:  # a file's id or its address
        del optional["file_id"]
        required["file_id"] = TEXT
    return st.fixed_dictionaries(required, optional=optional).map(lambda given: kind(**given))
