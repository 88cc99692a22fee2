"""Every method of the table refuses every kind of junk in the known words, and never fails otherwise."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.decode import DecodeError, decode_params
from protocol.methods import CLIENT_REQUESTS, ClientRequest
from protocol.mismatch import mismatch
from protocol.wire import JsonValue

WITH_PARAMS = [row for row in CLIENT_REQUESTS.values() if row.params is not None]
WITHOUT = [row for row in CLIENT_REQUESTS.values() if row.params is None]
JUNK: list[JsonValue] = [None, True, -1, 2**40, 1.5, "", "☃", [], [None], [5], {}, {"": 1}, {"type": "☃"}]
WORDS = (
    "invalid type: ",
    "invalid value: integer ",
    "invalid value: map, expected map with a single key",
    "missing field `",
    "unknown variant `",
    "data did not match any variant of untagged enum ",
    "AbsolutePathBuf deserialized without a base path",
)


def outcome(row: ClientRequest, params: JsonValue) -> str | None:
    """The words of the refusal, or None when the params were taken."""
    try:
        decode_params(row, params_present=True, params=params)
    except DecodeError as error:
        return str(error)
    return None


def members(kind: Any) -> list[str]:
    """The keys of params, on the wire."""
    shape = getattr(kind, "shape", None)
    return [field.alias or name for name, field in shape.fields.items()] if shape else ["type"]


_scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3)
_keys = st.sampled_from(["type", "text", "path", "input", "id", "name"])
_values = st.recursive(
    _scalars | st.sampled_from(["text", "/a"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_keys, inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("row", WITH_PARAMS, ids=[row.name for row in WITH_PARAMS])
def test_junk_is_refused_in_words(row: ClientRequest) -> None:
    refusals = [outcome(row, {key: junk}) for key in members(row.params_type()) for junk in JUNK]
    refusals += [outcome(row, junk) for junk in JUNK]

    assert [text for text in refusals if text is not None and not text.startswith(WORDS)] == []


@pytest.mark.parametrize("row", WITH_PARAMS, ids=[row.name for row in WITH_PARAMS])
def test_absent_params_are_missed_unless_they_are_optional(row: ClientRequest) -> None:
    if row.optional:
        assert decode_params(row, params_present=False, params=None) is not None
    else:
        assert outcome(row, None) == "missing field `params`"


@pytest.mark.parametrize("row", WITHOUT, ids=[row.name for row in WITHOUT])
def test_methods_without_params_take_nothing_else(row: ClientRequest) -> None:
    assert outcome(row, None) is None
    assert outcome(row, {}) is None
    assert outcome(row, {"a": 1}) == "invalid type: map, expected unit"


@given(st.data(), st.sampled_from(WITH_PARAMS))
def test_nothing_but_a_decode_error_comes_of_wrong_params(data: st.DataObject, row: ClientRequest) -> None:
    keys = st.sampled_from([*members(row.params_type()), "unknown"])
    params = data.draw(st.dictionaries(keys, _values, max_size=4) | _values)

    text = outcome(row, params)

    if text is not None:
        text.encode()
    elif params is not None:
        assert mismatch(row.params_type(), params) is None
