import os
import tomllib
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from app_server.config.errors import UnreadableLayerError
from app_server.config.locate import locate
from app_server.config.toml import TomlError, parse_toml, read_toml_file
from protocol.wire import JsonObject, JsonValue

names = st.text("ab-_.1 é\"'\\", min_size=1, max_size=3)


def any_json(value: JsonValue) -> JsonValue:
    return value


scalars = st.one_of(st.booleans(), st.integers(-(2**63), 2**63 - 1), st.text(max_size=5)).map(any_json)
lists: st.SearchStrategy[JsonValue] = st.lists(scalars, max_size=3)
nested: st.SearchStrategy[JsonValue] = st.recursive(
    scalars,
    lambda inner: st.dictionaries(names, inner, max_size=3) | lists,
    max_leaves=8,
)
tables: st.SearchStrategy[JsonObject] = st.dictionaries(names, nested, max_size=3)
FRAGMENTS = r"""
a = 1
b = "x # y"
c = 'l'
d = [1, 2,]
[t]
[t.u]
[t."q.r"] # why
[[x]]
a.b = 1
e = true
f = 0x1f
g = 1_0
h = -0
i = 007
j =
=
# note
  k=3
l = "\n"
m = '''x
'''
n = {o = 1}
p = [
]
q = 'a' 'b'
r = ''
t = 1
[a]
v = 99999999999999999999
w = [[1], ['x']]
1 = 2
x = [,]
[]
y = [1 2]
z = +1
[ t . v ]
"""
fragments = st.sampled_from(FRAGMENTS.split("\n"))


@given(tables)
def test_what_an_editor_writes_is_read_back(table: JsonObject) -> None:
    assert parse_toml(tomlkit.dumps(table)) == table


def test_dates_become_text_and_infinities_null() -> None:
    text = "a = 1979-05-27T07:32:00Z\nb = 2021-01-01\nc = inf\nd = [nan, 1.5]\n"

    assert parse_toml(text) == {
        "a": "1979-05-27T07:32:00Z",
        "b": "2021-01-01",
        "c": None,
        "d": [None, 1.5],
    }


@pytest.mark.parametrize(
    ("text", "line", "column"), [("model = \n", 1, 9), ("a = 1\n\n  b = @\n", 3, 7), ("a = [1", 1, 7)]
)
def test_a_broken_text_says_where(text: str, line: int, column: int) -> None:
    with pytest.raises(TomlError) as refused:
        parse_toml(text)

    assert (refused.value.line, refused.value.column) == (line, column)


def test_lists_nested_beyond_reason_are_refused() -> None:
    with pytest.raises(TomlError):
        parse_toml("a = " + "[" * 100_000)


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(b'\xef\xbb\xbfmodel = "m"\n')

    assert read_toml_file(file) == {"model": "m"}


def test_a_missing_file_is_none_and_a_missing_folder_too(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert read_toml_file(tmp_path / "no.toml") is None
    assert read_toml_file(tmp_path / "file" / "no.toml") is None


def test_an_unreadable_file_is_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "bytes.toml").write_bytes(b'a="\xff"\n')

    with pytest.raises(UnreadableLayerError) as text:
        read_toml_file(tmp_path / "bytes.toml")
    with pytest.raises(UnreadableLayerError) as folder:
        read_toml_file(tmp_path)

    prefix = "Failed to read config file"
    assert (
        str(text.value)
        == f"{prefix} {tmp_path / 'bytes.toml'}: invalid utf-8 sequence of 1 bytes from index 3"
    )
    assert str(folder.value) == f"{prefix} {tmp_path}: Is a directory (os error 21)"


def test_an_edit_is_seen_at_once_also_when_size_and_age_say_nothing(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("a = 1\n")
    first = read_toml_file(file)

    file.write_text("a = 2\n")
    second = read_toml_file(file)

    assert (first, second) == ({"a": 1}, {"a": 2})


def test_an_old_file_is_read_once(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("a = 1\n")
    os.utime(file, (1, 1))

    assert read_toml_file(file) is read_toml_file(file)


TEXT = """\
model = 5 # note
a.b = [1, "]", # }
  2] # end
'q"r' = "x"

[t] # header
x = {y = 1, z = "}"}
"s.t" = \"\"\"
[no]
u = 1\"\"\"
[[list]]
name = "l"
[deep.er]
v = 'w'
"""


@pytest.mark.parametrize(
    ("path", "span"),
    [
        (("model",), (1, 9, 1, 9)),
        (("a", "b"), (2, 7, 3, 4)),
        (("a",), (2, 1, 2, 1)),
        (('q"r',), (4, 9, 4, 11)),
        (("t",), (6, 1, 6, 3)),
        (("t", "x"), (7, 5, 7, 20)),
        (("t", "x", "y"), (7, 5, 7, 20)),
        (("t", "s.t"), (8, 9, 10, 8)),
        (("t", "missing"), (6, 1, 6, 3)),
        (("list", "name"), (12, 8, 12, 10)),
        (("deep",), (13, 2, 13, 5)),
        (("deep", "er", "v"), (14, 5, 14, 7)),
        (("nowhere",), None),
    ],
)
def test_a_value_is_found_where_it_stands(path: tuple[str, ...], span: tuple[int, ...] | None) -> None:
    assert tomllib.loads(TEXT)
    assert locate(TEXT, path) == span


def paths(value: JsonValue, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], JsonValue]]:
    if not isinstance(value, dict):
        return [(path, value)]
    return [found for key, member in value.items() for found in paths(member, (*path, key))]


@given(tables)
def test_the_text_of_a_located_value_is_the_value(table: JsonObject) -> None:
    text = tomlkit.dumps(table)
    lines = text.split("\n")

    for path, value in paths(table):
        span = locate(text, path)
        assert span is not None
        assert span.line == span.end_line
        body = lines[span.line - 1][span.column - 1 : span.end_column]
        assert tomllib.loads(f"v = {body}") == {"v": value}
