"""How objects of the wire are declared, made, sent and taken in."""

import re
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BeforeValidator, Field, ValidationError

from protocol.decode import DecodeError, decode
from protocol.wire import (
    Apart,
    JsonObject,
    JsonValue,
    OneKey,
    OpenModel,
    VerbatimModel,
    WireModel,
    no_entries,
    no_items,
    omitted,
    omitted_false,
    omitted_if_empty,
    some_items,
    spelled,
    to_camel,
)


class Circle(WireModel):
    kind: Literal["circle"] = "circle"
    radius: float


class Square(WireModel):
    kind: Literal["square"] = "square"
    side_length: float


Shape = Annotated[Circle | Square, Field(discriminator="kind")]


class Drawing(WireModel):
    drawing_id: str
    shapes: list[Shape] = no_items()
    labels: dict[str, str] = no_entries()
    colours: list[str] = some_items("black")
    note: str | None = None
    hidden_reason: str | None = omitted()
    archived: bool = omitted_false()
    tags: list[str] = omitted_if_empty()
    meta: Annotated[JsonObject | None, spelled("_meta")] = None
    by_line: Annotated[str, spelled("by_line")]


class Exhibition(WireModel):
    centre_piece: Annotated[Circle | Square, Field(discriminator="kind"), Apart("kind")]


class Table(VerbatimModel):
    max_size: int | None = None


class Extensible(OpenModel):
    known: int = 0


class Custom(OneKey):
    custom: str


def test_keys_are_camel_case_unless_spelled_otherwise() -> None:
    drawing = Drawing(drawing_id="d", by_line="me")

    assert drawing.to_wire() == {
        "drawingId": "d",
        "shapes": [],
        "labels": {},
        "colours": ["black"],
        "note": None,
        "_meta": None,
        "by_line": "me",
    }


def test_fields_that_may_be_left_out_are_sent_when_they_hold_something() -> None:
    drawing = Drawing(drawing_id="d", by_line="me", hidden_reason="x", archived=True, tags=["t"])

    sent = drawing.to_wire()

    assert (sent["hiddenReason"], sent["archived"], sent["tags"]) == ("x", True, ["t"])


def test_text_and_values_say_the_same() -> None:
    drawing = Drawing(drawing_id="é", by_line="me", shapes=[Circle(radius=1.5), Square(side_length=2)])

    assert (
        drawing.to_bytes()
        == (
            '{"drawingId":"é","shapes":[{"kind":"circle","radius":1.5},{"kind":"square","sideLength":2.0}],'
            '"labels":{},"colours":["black"],"note":null,"_meta":null,"by_line":"me"}'
        ).encode()
    )


def test_what_was_sent_is_taken_in_again() -> None:
    drawing = Drawing(drawing_id="d", by_line="me", shapes=[Square(side_length=2.0)], labels={"a": "b"})

    assert Drawing.model_validate(drawing.to_wire()) == drawing


def test_an_absent_key_is_told_from_a_null() -> None:
    absent = Drawing.model_validate({"drawingId": "d", "by_line": "me"})
    null = Drawing.model_validate({"drawingId": "d", "by_line": "me", "note": None})

    assert absent.note is None
    assert null.note is None
    assert "note" not in absent.model_fields_set
    assert "note" in null.model_fields_set


def test_two_objects_never_share_a_list() -> None:
    first, second = Drawing(drawing_id="a", by_line="x"), Drawing(drawing_id="b", by_line="x")

    assert first.shapes is not second.shapes


def test_unknown_members_are_ignored_kept_or_refused_as_the_class_says() -> None:
    extensible = Extensible.model_validate({"known": 1, "new": {"a": [1]}})

    assert Table.model_validate({"max_size": 5, "other": 1}) == Table(max_size=5)
    assert extensible.model_extra == {"new": {"a": [1]}}
    assert extensible.to_wire() == {"known": 1, "new": {"a": [1]}}
    with pytest.raises(ValidationError):
        Custom.model_validate({"custom": "x", "other": 1})


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"drawingId": 5, "by_line": "me"},
        {"drawingId": "d", "by_line": "me", "archived": "yes"},
        {"drawingId": "d", "by_line": "me", "archived": 1},
        {"drawingId": "d", "by_line": "me", "shapes": [{"kind": "circle", "radius": "1"}]},
        {"drawingId": "d", "by_line": "me", "shapes": [{"kind": "circle", "radius": True}]},
        {"drawingId": "d", "by_line": "me", "shapes": [{"kind": "line"}]},
        {"drawingId": "d", "by_line": "me", "shapes": [{"radius": 1.0}]},
        {"drawingId": "d", "by_line": "me", "labels": {"a": 1}},
        [],
        None,
    ],
)
def test_a_value_of_another_type_is_never_taken(value: Any) -> None:
    with pytest.raises(ValidationError):
        Drawing.model_validate(value)


def test_an_older_form_is_read_as_the_newer_one() -> None:
    def opened(value: JsonValue) -> JsonValue:
        return value["id"] if isinstance(value, dict) else value

    class Named(WireModel):
        name: Annotated[str, BeforeValidator(opened)]

    assert Named.model_validate({"name": {"id": "x"}}) == Named(name="x")


def test_making_an_object_of_wrong_fields_is_an_error_of_ours() -> None:
    with pytest.raises(ValidationError, match="drawingId"):
        Drawing(by_line="me")  # pyright: ignore[reportCallIssue] - the error is the point
    with pytest.raises(ValidationError, match="radius"):
        Circle(radius="1.0")  # pyright: ignore[reportArgumentType] - the error is the point


def test_objects_are_immutable_and_copies_differ_only_in_what_was_named() -> None:
    table = Table(max_size=5)

    with pytest.raises(ValidationError, match="frozen"):
        table.max_size = 6
    assert table.model_copy(update={"max_size": 6}) == Table(max_size=6)
    assert table == Table(max_size=5)


def test_fields_of_a_base_come_before_those_of_a_class() -> None:
    class Cube(Square):
        edges: int = 12

    assert list(Cube(side_length=1.0).to_wire()) == ["kind", "sideLength", "edges"]


@given(st.from_regex(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", fullmatch=True))
def test_camel_case_has_no_underscores_and_keeps_every_letter(name: str) -> None:
    camel = to_camel(name)

    assert "_" not in camel
    assert camel.lower() == name.replace("_", "")


def test_a_variant_apart_is_taken_in_and_sent_as_any_other() -> None:
    wire: JsonObject = {"centrePiece": {"kind": "square", "sideLength": 2.5}}

    exhibition = decode(Exhibition, wire)

    assert exhibition == Exhibition(centre_piece=Square(side_length=2.5))
    assert exhibition.to_wire() == wire
    assert exhibition.to_bytes() == b'{"centrePiece":{"kind":"square","sideLength":2.5}}'


@pytest.mark.parametrize(
    ("piece", "problem"),
    [
        ({"kind": "cube"}, "unknown variant `cube`, expected `circle` or `square`"),
        ({"radius": 1.5}, "missing field `kind`"),
        ({"kind": "square"}, "missing field `sideLength`"),
        ({"kind": "square", "side_length": 2.5}, "missing field `sideLength`"),
        ({"kind": "circle", "radius": "1"}, 'invalid type: string "1", expected f64'),
    ],
)
def test_a_variant_apart_is_refused_as_any_other(piece: JsonObject, problem: str) -> None:
    with pytest.raises(DecodeError, match="^" + re.escape(problem) + "$"):
        decode(Exhibition, {"centrePiece": piece})


def test_variants_apart_are_made_ready_only_when_they_come() -> None:
    class Rare(WireModel):
        kind: Literal["rare"] = "rare"

    class Hall(WireModel):
        piece: Annotated[Circle | Rare, Field(discriminator="kind"), Apart("kind")]

    Hall(piece=Circle(radius=1.0))

    assert not Rare.__pydantic_complete__
    assert Hall(piece=Rare()).to_wire() == {"piece": {"kind": "rare"}}
