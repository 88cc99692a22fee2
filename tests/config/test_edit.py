"""Edits of config.toml change what they name and nothing else (persistence.md §11.6)."""

import pytest

from app_server.config.edit import Edit, EditError, edited_text, edited_values, same, without_empty, writable
from app_server.config.toml import parse_toml
from protocol.wire import JsonObject, JsonValue


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        ("", Edit(("model",), "x"), 'model = "x"\n'),
        ('# c\nmodel="x" # why\n', Edit(("model",), "y"), '# c\nmodel="y" # why\n'),
        ("a = 1\n\n[b]\nc = 2 # two\n", Edit(("b", "d"), True), "a = 1\n\n[b]\nc = 2 # two\nd = true\n"),
        ("a = 1 # one\nb = 2\n", Edit(("a",), None), "b = 2\n"),
        ("a = 1\n", Edit(("no", "such"), None), "a = 1\n"),
        ("n = 0x10 # hex\n", Edit(("n",), 16), "n = 0x10 # hex\n"),
        ("[t]\na = 1\n", Edit(("t",), {"b": 2}, "upsert"), "[t]\na = 1\nb = 2\n"),
        ("n = 1\n", Edit(("n",), True), "n = true\n"),
    ],
)
def test_an_edit_leaves_the_rest_as_it_was(before: str, edit: Edit, after: str) -> None:
    assert edited_text(before, [edit]) == after


VALUES: list[JsonValue] = [
    "text",
    7,
    1.5,
    False,
    [],
    ["a", {"b": [1]}],
    {},
    {"z": 1, "a": {"deep": {"er": "x"}}, "list": [{"k": 1}]},
    {"only": {"tables": {"x": 1}}},
]
DOCUMENTS = [
    "",
    "k = 1\nafter = 2\n",
    "k = {a = 1}\n",
    "[k]\na = 1\n[other]\nb = 2\n",
    "[k.a]\nb = 1\n",
    '[[k]]\na = 1\n\n[z]\n"quoted key" = "v"\n',
    "k.a.b = 1\n",
]


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("value", [*VALUES, None], ids=str)
@pytest.mark.parametrize("path", [("k",), ("k", "a"), ("new", "k"), ("k", "with space", "")])
@pytest.mark.parametrize("strategy", ["replace", "upsert"])
def test_the_document_comes_to_the_values_that_the_edit_means(
    document: str, value: JsonValue, path: tuple[str, ...], strategy: str
) -> None:
    edits = [Edit(path, value, "upsert" if strategy == "upsert" else "replace")]
    wanted: JsonObject = edited_values(parse_toml(document), edits)

    came_out = parse_toml(edited_text(document, edits))
    assert same(without_empty(came_out), without_empty(wanted))


def test_null_within_an_object_is_left_out_and_within_a_list_refused() -> None:
    assert writable({"a": None, "b": {"c": None}}) == {"b": {}}
    with pytest.raises(EditError, match="null"):
        writable([None])
    with pytest.raises(EditError, match="too large"):
        writable([2**70])
