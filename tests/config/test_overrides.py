import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_server.config.features import UnknownFeatureError
from app_server.config.merge import leaves, merge, merge_all
from app_server.config.overrides import (
    OverrideError,
    feature_overrides,
    nest,
    parse_override,
    request_overrides,
)
from protocol.wire import JsonObject, JsonValue

keys = st.text("abc", min_size=1, max_size=2)
values: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=6,
)
tables: st.SearchStrategy[JsonObject] = st.dictionaries(keys, values, max_size=4)


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("model=o3", ("model",), "o3"),
        ("a.b.c=1", ("a", "b", "c"), 1),
        ("a=true", ("a",), True),
        ('a="quoted"', ("a",), "quoted"),
        ("a='quo\"ted'", ("a",), 'quo"ted'),
        ('a="un closed', ("a",), "un closed"),
        ("a= 'sp ace\" ", ("a",), "sp ace"),
        ("a=[1, 'x']", ("a",), [1, "x"]),
        ("a={b = 1, c = {d = 2}}", ("a",), {"b": 1, "c": {"d": 2}}),
        ("a=b=c", ("a",), "b=c"),
        ("a=1.5", ("a",), 1.5),
        ("a=gpt-5.4", ("a",), "gpt-5.4"),
        ("a=", ("a",), ""),
        ("a..b=1", ("a", "", "b"), 1),
        (" a =x", ("a",), "x"),
        ("a=1979-05-27", ("a",), "1979-05-27"),
        ("a=inf", ("a",), None),
        ("a=1\nb=2", ("a",), "1\nb=2"),
    ],
)
def test_an_override_is_a_path_and_a_toml_value_or_a_string(
    text: str, path: tuple[str, ...], value: JsonValue
) -> None:
    assert parse_override(text) == (path, value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("novalue", "Invalid override (missing '='): novalue"),
        (" =3", "Empty key in override:  =3"),
        ("=3", "Empty key in override: =3"),
    ],
)
def test_what_is_no_override_is_refused(text: str, message: str) -> None:
    with pytest.raises(OverrideError) as refused:
        parse_override(text)

    assert str(refused.value) == message


@given(st.text())
def test_any_text_with_a_key_is_an_override(text: str) -> None:
    path, _ = parse_override(f"key={text}")

    assert path == ("key",)


def test_features_are_switched_under_their_present_names() -> None:
    switched = feature_overrides(["goals", "collab"], ["apps"])

    assert nest(switched) == {"features": {"goals": True, "multi_agent": True, "apps": False}}


def test_a_feature_that_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownFeatureError) as refused:
        feature_overrides(["nope"], [])

    assert str(refused.value) == "Unknown feature flag: nope"


def test_dotted_keys_of_a_request_nest_and_null_becomes_an_empty_string() -> None:
    layer = nest(request_overrides({"a.b": 1, "a": {"c": 2}, "model": None, "": 3, "a..d": 4}))

    assert layer == {"a": {"b": 1, "c": 2, "": {"d": 4}}, "model": "", "": 3}


@given(st.lists(tables, max_size=3), tables)
def test_a_layer_on_top_is_merged_last_and_alters_nothing(layers: list[JsonObject], top: JsonObject) -> None:
    before = repr(layers)

    whole = merge_all([*layers, top])

    assert whole == merge(merge_all(layers), top)
    assert repr(layers) == before


@given(tables, tables)
def test_every_leaf_of_the_upper_layer_wins(lower: JsonObject, upper: JsonObject) -> None:
    merged = merge(lower, upper)

    assert merge(merged, upper) == merged
    assert set(leaves(upper)) <= set(leaves(merged))
    assert set(merged) == {*lower, *upper}
