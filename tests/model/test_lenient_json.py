"""JSON that providers, models and tools really produce: read and written whatever is in it."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app_server.model.catalog import default_model
from app_server.model.errors import ModelError
from app_server.model.lenient_json import dumps, loads
from app_server.model.request import ResponsesRequest, as_json, request_fields
from protocol.wire import JsonValue

pytestmark = pytest.mark.requirement("W9")

_ANY_TEXT = st.text(st.characters(exclude_categories=()))
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_ANY_TEXT, inner, max_size=4),
    max_leaves=10,
)


@given(_VALUES)
@example({"huge": -(2**63) - 1, "small": 2.0**-24})  # one needs repair, the other has two spellings
def test_any_value_is_written_as_valid_json(value: JsonValue) -> None:
    data = dumps(value)

    assert dumps(loads(data)) == data
    data.decode("utf-8")


@given(_VALUES)
def test_what_the_standard_library_writes_can_be_read(value: JsonValue) -> None:
    assert dumps(loads(json.dumps([value]).encode())) == dumps([value])


@given(st.binary())
def test_any_bytes_give_a_value(data: bytes) -> None:
    dumps(loads(data))


def test_nan_becomes_null() -> None:
    assert loads(b'{"a":NaN,"b":[Infinity]}') == {"a": None, "b": [None]}


def _nested(depth: int) -> JsonValue:
    value: JsonValue = 1
    for _ in range(depth):
        value = [value]
    return value


def test_deep_nesting_is_written_as_far_as_possible_and_else_refused() -> None:
    assert dumps(_nested(400)) == b"[" * 400 + b"1" + b"]" * 400

    request = ResponsesRequest(default_model("openai"), [{"type": "x", "deep": _nested(100_000)}])
    fields = request_fields(request, thread_id="t", installation_id="i")
    with pytest.raises(ModelError, match="nested too deeply"):
        as_json(fields)
