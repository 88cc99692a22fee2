"""Schemas of others are reduced to what every endpoint takes, whatever they hold (tools.md §5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_server.tools.foreign_schema import SchemaError, reduced
from protocol.wire import JsonObject, JsonValue

TEXT: JsonObject = {"type": "string"}


@pytest.mark.parametrize(
    ("schema", "sent"),
    [
        (True, TEXT),
        ({}, TEXT),
        ({"title": "x"}, TEXT),
        ({"$ref": "#/x"}, TEXT),
        ({"oneOf": [TEXT]}, TEXT),
        ({"allOf": [TEXT]}, TEXT),
        ({"type": "nonsense"}, TEXT),
        ({"type": 5}, TEXT),
        ({"const": "x"}, {"type": "string", "enum": ["x"]}),
        ({"enum": [1, 2]}, {"type": "string", "enum": [1, 2]}),
        ({"format": "date"}, TEXT),
        ({"minimum": 3}, {"type": "number"}),
        ({"type": "integer", "minimum": 3}, {"type": "integer"}),
        ({"type": ["string", "null"], "format": "date"}, {"type": ["string", "null"]}),
        ({"type": ["integer"]}, {"type": "integer"}),
        ({"type": "object"}, {"type": "object", "properties": {}}),
        ({"type": ["object", "null"]}, {"type": ["object", "null"], "properties": {}}),
        ({"type": "array"}, {"type": "array", "items": TEXT}),
        ({"items": {"type": "integer"}}, {"type": "array", "items": {"type": "integer"}}),
        ({"prefixItems": [TEXT]}, {"type": "array", "items": TEXT}),
        ({"required": ["a"]}, {"type": "object", "required": ["a"], "properties": {}}),
        (
            {"additionalProperties": {"type": "string", "minLength": 3}},
            {"type": "object", "properties": {}, "additionalProperties": TEXT},
        ),
        (
            {"type": "object", "additionalProperties": False},
            {"type": "object", "properties": {}, "additionalProperties": False},
        ),
        ({"anyOf": [TEXT, {"type": "null"}]}, {"anyOf": [TEXT, {"type": "null"}]}),
        (
            {"type": "object", "title": "T", "properties": {"a": {"const": 1}, "b": False}},
            {"type": "object", "properties": {"a": {"type": "string", "enum": [1]}, "b": TEXT}},
        ),
        ({"type": "string", "description": "d", "default": "x"}, {"type": "string", "description": "d"}),
    ],
)
def test_a_schema_keeps_what_can_be_expressed(schema: JsonValue, sent: JsonObject) -> None:
    assert reduced(schema) == sent


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ({"type": "null"}, "tool input schema must not be a singleton null type"),
        ({"type": ["null"]}, "tool input schema must not be a singleton null type"),
        (None, "invalid type: null, expected struct JsonSchema"),
        (5, "invalid type: integer `5`, expected struct JsonSchema"),
        ("x", 'invalid type: string "x", expected struct JsonSchema'),
        ({"properties": 5}, "invalid type: integer `5`, expected a map"),
        ({"properties": {"a": 5}}, "invalid type: integer `5`, expected struct JsonSchema"),
        ({"required": 5}, "invalid type: integer `5`, expected a sequence"),
        ({"required": [5]}, "invalid type: integer `5`, expected a string"),
        ({"enum": 5}, "invalid type: integer `5`, expected a sequence"),
        ({"anyOf": 5}, "invalid type: integer `5`, expected a sequence"),
        ({"description": 5}, "invalid type: integer `5`, expected a string"),
    ],
)
def test_what_is_no_schema_is_refused_with_the_reason(schema: JsonValue, reason: str) -> None:
    with pytest.raises(SchemaError) as refused:
        reduced(schema)

    assert str(refused.value) == reason


def test_a_schema_without_bottom_is_refused() -> None:
    deep: JsonValue = TEXT
    for _ in range(5_000):
        deep = {"items": deep}

    with pytest.raises(SchemaError, match="recursion limit"):
        reduced(deep)


_KEYS = st.sampled_from(
    [
        *("type", "description", "enum", "items", "properties", "required", "additionalProperties"),
        *("anyOf", "const", "format", "minimum", "$ref", "other"),
    ]
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(_JSON)
def test_reducing_twice_changes_nothing_and_nothing_breaks_it(schema: JsonValue) -> None:
    try:
        once = reduced(schema)
    except SchemaError:
        return

    assert reduced(once) == once


def test_parameters_are_sent_by_name_and_keywords_in_one_order() -> None:
    sent = reduced({"required": ["b"], "properties": {"b": {"items": TEXT}, "a": {"enum": ["x"]}}})

    assert list(sent) == ["type", "properties", "required"]
    assert sent["properties"] == {
        "a": {"type": "string", "enum": ["x"]},
        "b": {"type": "array", "items": TEXT},
    }
    assert isinstance(sent["properties"], dict)
    assert list(sent["properties"]) == ["a", "b"]
