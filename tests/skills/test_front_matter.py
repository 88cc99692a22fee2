"""The head of a SKILL.md: what it says, and why it is none. Texts and outcomes are the reference's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_server.skills.errors import FrontMatterError
from app_server.skills.front_matter import FrontMatter, read_front_matter
from app_server.skills.yaml_head import yaml_fields


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("name: a\ndescription: b", FrontMatter("a", "b")),
        ("description: b", FrontMatter(None, "b")),
        ("name: 123\ndescription: 4.5", FrontMatter("123", "4.5")),
        ("name: yes\ndescription: no", FrontMatter("yes", "no")),
        ("name: ~\ndescription: x", FrontMatter(None, "x")),
        ("name:\ndescription: x", FrontMatter(None, "x")),
        ('name: " "\ndescription: x', FrontMatter(None, "x")),
        ('name: a\ndescription: "Use: this"', FrontMatter("a", "Use: this")),
        ('name: a\ndescription: "x\\n\\ty"', FrontMatter("a", "x y")),
        ("name: a\ndescription: >\n  x\n  y\n\n  z", FrontMatter("a", "x y z")),
        ("name: a\ndescription: b # note", FrontMatter("a", "b")),
        ("name: &x a\ndescription: *x", FrontMatter("a", "a")),
        ("name: a\ndescription: 50% of `it`", FrontMatter("a", "50% of `it`")),
        ("name: a\ndescription: b\nallowed: [x]\nother: y", FrontMatter("a", "b")),
        ("name: a\ndescription: b\nmetadata:\n  short-description: ' c  d '", FrontMatter("a", "b", "c d")),
        ("name: a\ndescription: b\nmetadata:\n  short-description: 5", FrontMatter("a", "b", "5")),
        ("name: a\ndescription: b\nmetadata:", FrontMatter("a", "b")),
        ("name: a\u00a0b\ndescription: c\u3000 d", FrontMatter("a b", "c d")),
        ("1: x\nname: a\ndescription: b", FrontMatter("a", "b")),
    ],
)
def test_a_head_is_read(head: str, expected: FrontMatter) -> None:
    assert read_front_matter(f"---\n{head}\n---\nBody\n") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\r\nname: a\r\ndescription: b\r\n---\r\nx", FrontMatter("a", "b")),
        ("--- \nname: a\ndescription: b\n--- \n", FrontMatter("a", "b")),
        ("---\nname: a\ndescription: |\n  b\n  ---\n  c\n---\n", FrontMatter("a", "b")),
    ],
)
def test_lines_of_dashes_may_have_white_space_around_them(text: str, expected: FrontMatter) -> None:
    assert read_front_matter(text) == expected


NO_HEAD = "missing YAML frontmatter delimited by ---"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", NO_HEAD),
        ("# Title\n", NO_HEAD),
        ("---\n---\n", NO_HEAD),
        ("---\nname: a\ndescription: b\n", NO_HEAD),
        ("\n---\nname: a\ndescription: b\n---\n", NO_HEAD),
        ("\ufeff---\nname: a\ndescription: b\n---\n", NO_HEAD),
        ("---\n\n---\n", "missing field `description`"),
        ('---\nname: a\ndescription: " "\n---\n', "missing field `description`"),
        ("---\nname: a\ndescription: null\n---\n", "missing field `description`"),
        (
            f"---\ndescription: {'é' * 1025}\n---\n",
            "invalid description: exceeds maximum length of 1024 characters",
        ),
        (
            f"---\ndescription: b\nmetadata:\n  short-description: {'s' * 1025}\n---\n",
            "invalid metadata.short-description: exceeds maximum length of 1024 characters",
        ),
        (
            "---\nname: a\ndescription: Use: this\n---\n",
            "invalid YAML: mapping values are not allowed in this context at line 2 column 17",
        ),
        (
            '---\nname: a\ndescription: "open\n---\n',
            (
                "invalid YAML: found unexpected end of stream at line 2 column 19, "
                "while scanning a quoted scalar at line 2 column 14"
            ),
        ),
        (
            "---\nname: a\ndescription: @x\n---\n",
            (
                "invalid YAML: found character that cannot start any token at line 2 column 14, "
                "while scanning for the next token"
            ),
        ),
        ("---\nname: a\nname: b\ndescription: c\n---\n", "invalid YAML: duplicate field `name`"),
        ("---\n- a\n---\n", "invalid YAML: invalid type: sequence, expected struct SkillFrontmatter"),
        ("---\nhello\n---\n", 'invalid YAML: invalid type: string "hello", expected struct SkillFrontmatter'),
        (
            "---\nname: a\ndescription: [b]\n---\n",
            "invalid YAML: description: invalid type: sequence, expected a string at line 2 column 14",
        ),
        (
            "---\nname: a\ndescription: b\nmetadata: hello\n---\n",
            (
                'invalid YAML: metadata: invalid type: string "hello", '
                "expected struct SkillFrontmatterMetadata at line 3 column 11"
            ),
        ),
        (
            '---\nname: a\ndescription: "b\x01"\n---\n',
            "invalid YAML: control characters are not allowed at position 23",
        ),
    ],
)
def test_a_file_that_is_no_skill_says_why(text: str, told: str) -> None:
    with pytest.raises(FrontMatterError) as refused:
        read_front_matter(text)

    assert str(refused.value) == told


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=40)


@given(st.lists(st.tuples(st.sampled_from(["name", "description", "other"]), WORDS), max_size=4))
def test_the_short_way_reads_what_the_yaml_reader_reads(lines: list[tuple[str, str]]) -> None:
    head = "\n".join(f"{key}: {value}" for key, value in lines) or "x: y"

    def long_way() -> dict[str, str] | str:
        try:
            fields = yaml_fields(head)
        except FrontMatterError as error:
            return str(error)
        return fields

    def told(read: dict[str, str] | str) -> object:
        if isinstance(read, str):
            return read
        description = " ".join(read.get("description", "").split())
        name = " ".join(read.get("name", "").split()) or None
        return FrontMatter(name, description) if description else "missing field `description`"

    try:
        short: object = read_front_matter(f"---\n{head}\n---\n")
    except FrontMatterError as error:
        short = str(error)

    if "---" not in [line.strip() for line in head.splitlines()]:
        assert short == told(long_way())
