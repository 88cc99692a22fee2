"""The words of a refusal are those of the reference, for every kind of type (connection.md §3)."""

from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field
from typing_extensions import TypeAliasType

from protocol.decode import DecodeError, decode, decode_params, decode_type, unknown_method
from protocol.mismatch import mismatch
from protocol.wire import (
    I64,
    U16,
    U32,
    AbsolutePath,
    JsonObject,
    JsonValue,
    PathText,
    Variants,
    WireModel,
    no_items,
)


class TextInput(WireModel):
    type: Literal["text"]
    text: str
    spans: list[U32] = no_items()


class FileInput(WireModel):
    type: Literal["localFile"]
    path: PathText


Input = TypeAliasType("Input", Annotated[TextInput | FileInput, Field(discriminator="type")])
CwdFilter = TypeAliasType("CwdFilter", str | list[str])


class Rules(WireModel):
    sandbox: bool
    skills: bool = False


class Granular(WireModel):
    granular: Rules


Policy = Annotated[
    Literal["untrusted", "never"] | Granular, Variants("Policy", "untrusted", "granular", "never")
]


class Params(WireModel):
    thread_id: str
    turns: bool = False
    limit: U32 | None = None
    offset: I64 | None = None
    port: U16 = 0
    ratio: float | None = None
    order: Literal["asc", "desc"] | None = None
    mode: Literal["read-only", "workspace-write", "full"] | None = None
    only: Literal["one"] | None = None
    inputs: list[Input] = no_items()
    policy: Policy | None = None
    cwd: CwdFilter | None = None
    root: AbsolutePath | None = None
    config: JsonObject | None = None
    labels: dict[str, str] | None = None
    rules: Rules | None = None
    anything: JsonValue = None


def refusal(kind: Any, value: JsonValue) -> str:
    with pytest.raises(DecodeError) as caught:
        decode_type(kind, value)
    return str(caught.value)


REFUSALS: list[tuple[JsonObject, str]] = [
    ({}, "missing field `threadId`"),
    ({"thread_id": "a"}, "missing field `threadId`"),
    ({"threadId": 5}, "invalid type: integer `5`, expected a string"),
    ({"threadId": None}, "invalid type: null, expected a string"),
    ({"threadId": True}, "invalid type: boolean `true`, expected a string"),
    ({"threadId": []}, "invalid type: sequence, expected a string"),
    ({"threadId": {"a": 1}}, "invalid type: map, expected a string"),
    ({"threadId": 1.0}, "invalid type: floating point `1.0`, expected a string"),
    ({"threadId": 1e16}, "invalid type: floating point `1e+16`, expected a string"),
    ({"threadId": 1e-5}, "invalid type: floating point `0.00001`, expected a string"),
    ({"threadId": -1.5e-5}, "invalid type: floating point `-0.000015`, expected a string"),
    ({"threadId": 1.5e-7}, "invalid type: floating point `1.5e-7`, expected a string"),
    ({"turns": "yes"}, 'invalid type: string "yes", expected a boolean'),
    ({"turns": None}, "invalid type: null, expected a boolean"),
    ({"turns": 1}, "invalid type: integer `1`, expected a boolean"),
    ({"limit": 1.5}, "invalid type: floating point `1.5`, expected u32"),
    ({"limit": -1}, "invalid value: integer `-1`, expected u32"),
    ({"limit": 2**32}, "invalid value: integer `4294967296`, expected u32"),
    ({"limit": 'a"b\\\n☃\x01\u2028'}, r'invalid type: string "a\"b\\\n☃\u{1}\u{2028}", expected u32'),
    ({"offset": 2**63}, "invalid value: integer `9223372036854775808`, expected i64"),
    ({"port": 70000}, "invalid value: integer `70000`, expected u16"),
    ({"ratio": "x"}, 'invalid type: string "x", expected f64'),
    ({"order": "up"}, "unknown variant `up`, expected `asc` or `desc`"),
    ({"order": 5}, "invalid type: integer `5`, expected string or map"),
    ({"order": {}}, "invalid value: map, expected map with a single key"),
    ({"order": {"up": 1}}, "unknown variant `up`, expected `asc` or `desc`"),
    ({"mode": "x"}, "unknown variant `x`, expected one of `read-only`, `workspace-write`, `full`"),
    ({"only": "x"}, "unknown variant `x`, expected `one`"),
    ({"inputs": "x"}, 'invalid type: string "x", expected a sequence'),
    ({"inputs": ["x"]}, 'invalid type: string "x", expected internally tagged enum Input'),
    ({"inputs": [{}]}, "missing field `type`"),
    ({"inputs": [{"type": None}]}, "invalid type: null, expected variant identifier"),
    ({"inputs": [{"type": "x"}]}, "unknown variant `x`, expected `text` or `localFile`"),
    ({"inputs": [{"type": "text"}]}, "missing field `text`"),
    ({"inputs": [{"spans": [1, -1], "type": "text"}]}, "invalid value: integer `-1`, expected u32"),
    ({"inputs": [{"type": "localFile", "path": 5}]}, "invalid type: integer `5`, expected path string"),
    ({"policy": "x"}, "unknown variant `x`, expected one of `untrusted`, `granular`, `never`"),
    ({"policy": 5}, "invalid type: integer `5`, expected string or map"),
    ({"policy": "granular"}, "invalid type: unit variant, expected struct variant"),
    ({"policy": {"granular": 5}}, "invalid type: integer `5`, expected struct variant"),
    ({"policy": {"granular": {}}}, "missing field `sandbox`"),
    ({"policy": {"never": 1}}, "invalid type: integer `1`, expected unit"),
    ({"policy": {"granular": {}, "b": 1}}, "invalid value: map, expected map with a single key"),
    ({"cwd": 5}, "data did not match any variant of untagged enum CwdFilter"),
    ({"cwd": [5]}, "data did not match any variant of untagged enum CwdFilter"),
    ({"root": "rel"}, "AbsolutePathBuf deserialized without a base path"),
    ({"root": "~/x"}, "AbsolutePathBuf deserialized without a base path"),
    ({"root": 5}, "invalid type: integer `5`, expected path string"),
    ({"config": []}, "invalid type: sequence, expected a map"),
    ({"labels": {"a": 5}}, "invalid type: integer `5`, expected a string"),
    ({"rules": 5}, "invalid type: integer `5`, expected struct Rules"),
    ({"rules": {"skills": True}}, "missing field `sandbox`"),
]


@pytest.mark.parametrize(("value", "text"), REFUSALS)
def test_a_refusal_says_what_the_reference_says(value: JsonObject, text: str) -> None:
    with pytest.raises(DecodeError) as caught:
        decode(Params, value)

    assert str(caught.value) == text


def test_the_first_bad_member_of_the_input_is_the_one_reported() -> None:
    assert refusal(Params, {"turns": "x", "threadId": 5}) == 'invalid type: string "x", expected a boolean'
    assert refusal(Params, {"threadId": 5, "turns": "x"}) == "invalid type: integer `5`, expected a string"


def test_a_bad_member_is_reported_before_a_missing_one() -> None:
    assert refusal(Params, {"limit": "x"}) == 'invalid type: string "x", expected u32'


def test_params_that_are_no_object_name_the_struct_they_should_be() -> None:
    values: list[JsonValue] = ["x", 5, True, 1.5, []]

    texts = [refusal(Params, value).removeprefix("invalid type: ") for value in values]

    assert texts == [
        'string "x", expected struct Params',
        "integer `5`, expected struct Params",
        "boolean `true`, expected struct Params",
        "floating point `1.5`, expected struct Params",
        "sequence, expected struct Params",
    ]


def test_unknown_members_are_ignored_and_optional_ones_take_null() -> None:
    value: JsonObject = {"threadId": "a", "limit": None, "order": None, "zz": [1], "anything": {"a": None}}

    assert decode(Params, value) == Params(thread_id="a", anything={"a": None})


def test_an_absolute_path_is_folded_without_looking_at_the_disk() -> None:
    decoded = decode(Params, {"threadId": "a", "root": "/nowhere/./b/../c"})

    assert decoded.root == "/nowhere/c"


def test_absent_and_null_are_told_apart_by_the_fields_that_were_set() -> None:
    absent, null = decode(Rules, {"sandbox": True}), decode(Params, {"threadId": "a", "limit": None})

    assert absent.model_fields_set == {"sandbox"}
    assert null.model_fields_set == {"thread_id", "limit"}


class Row:
    optional = False

    def __init__(self, kind: type[WireModel] | None) -> None:
        self._kind = kind

    def params_type(self) -> type[WireModel] | None:
        return self._kind


@pytest.mark.parametrize("present", [True, False])
def test_params_that_are_null_or_absent_are_a_missing_field(present: bool) -> None:
    with pytest.raises(DecodeError) as caught:
        decode_params(Row(Rules), present, None)

    assert str(caught.value) == "missing field `params`"


def test_a_method_without_params_takes_none_null_and_an_empty_object() -> None:
    assert decode_params(Row(None), params_present=False, params=None) is None
    assert decode_params(Row(None), params_present=True, params=None) is None
    assert decode_params(Row(None), params_present=True, params={}) is None


@pytest.mark.parametrize(
    ("params", "text"),
    [
        ({"a": 1}, "invalid type: map, expected unit"),
        ([], "invalid type: sequence, expected unit"),
        ("x", 'invalid type: string "x", expected unit'),
        (False, "invalid type: boolean `false`, expected unit"),
    ],
)
def test_a_method_without_params_refuses_anything_else(params: JsonValue, text: str) -> None:
    with pytest.raises(DecodeError) as caught:
        decode_params(Row(None), params_present=True, params=params)

    assert str(caught.value) == text


def test_an_unknown_method_is_answered_with_the_known_ones_in_order() -> None:
    known = ["initialize", "thread/start", "thread/resume"]

    text = unknown_method("nope/nope", known)

    assert text == (
        "unknown variant `nope/nope`, expected one of `initialize`, `thread/start`, `thread/resume`"
    )


_scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
_words = st.sampled_from(["text", "never", "granular", "asc", "/a", "x"])
_keys = st.sampled_from(["type", "text", "sandbox", "granular", "path", "never", "spans", "zz"])
_values = st.recursive(
    _scalars | _words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=3)
)
_members = st.sampled_from([field.alias or name for name, field in Params.model_fields.items()])


@given(st.dictionaries(_members, _values, max_size=5) | _values)
def test_nothing_but_a_decode_error_ever_comes_of_a_wrong_value(value: JsonValue) -> None:
    try:
        decode(Params, value)
    except DecodeError as error:
        text = str(error)
        assert text
        assert "\n  " not in text
        text.encode()
    else:
        assert mismatch(Params, value) is None
