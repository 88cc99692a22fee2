"""The types of the wire as the source declares them: names, fields, alternatives, and what is said of each.

Read from the text of `protocol/*.py`, because a running program no longer knows which name a field's type was
written with, nor the sentences under a field. Both exports, JSON Schema and TypeScript, are made from this.
"""

import ast
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parent.parent

JsonDefault = str | int | float | bool | list[str] | None


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, number, truth value, or (`json`, `object`) JSON of any shape."""

    kind: str


@dataclass(frozen=True, slots=True)
class Named:
    """A type that has a definition of its own."""

    name: str


@dataclass(frozen=True, slots=True)
class Words:
    """One of some texts."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sequence:
    """A JSON array."""

    item: "Type"


@dataclass(frozen=True, slots=True)
class Mapping:
    """A JSON object with keys of any name."""

    value: "Type"


@dataclass(frozen=True, slots=True)
class Union:
    """One of several. `tag`: the field that tells them apart; `nullable`: or null."""

    members: "tuple[Type, ...]"
    tag: str | None = None
    nullable: bool = False


Type = Scalar | Named | Words | Sequence | Mapping | Union


@dataclass(frozen=True, slots=True)
class Member:
    """One key of an object."""

    name: str
    key: str
    type: Type
    required: bool
    default: JsonDefault = None
    omitted: bool = False
    """Left out rather than sent as null."""
    experimental: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """A named type: an object with members, or (`alias`) another name for a type."""

    name: str
    module: str
    text: str
    members: tuple[Member, ...] = ()
    alias: Type | None = None
    bases: tuple[str, ...] = ()
    verbatim: bool = False
    """Its keys are its field names."""
    unknown: str = "ignore"
    """What is done with further keys: `ignore`, `allow`, `forbid`."""
    in_place: bool = False
    """Shown where it is used, without a definition: it has no name on the wire."""


_BASES: dict[str, dict[str, Any]] = {
    "WireModel": {},
    "VerbatimModel": {"verbatim": True},
    "OpenModel": {"unknown": "allow"},
    "OpenVerbatimModel": {"verbatim": True, "unknown": "allow"},
    "OneKey": {"unknown": "forbid", "in_place": True},
    "Part": {"in_place": True},
}
_TYPES: dict[str, Type] = {
    "str": Scalar("string"),
    "PathText": Scalar("string"),
    "ProfileId": Scalar("string"),
    "bool": Scalar("boolean"),
    "float": Scalar("double"),
    "JsonValue": Scalar("json"),
    "JsonObject": Scalar("object"),
    "U16": Scalar("uint16"),
    "U32": Scalar("uint32"),
    "U64": Scalar("uint64"),
    "USize": Scalar("uint"),
    "I32": Scalar("int32"),
    "I64": Scalar("int64"),
    "AbsolutePath": Named("AbsolutePathBuf"),
    "AbsolutePathText": Named("AbsolutePathBuf"),
    "AppPath": Named("LegacyAppPathString"),
    "ResponseItemJson": Named("ResponseItem"),
    "HistoryItem": Named("ResponseItem"),
}
_DECLARED: dict[str, dict[str, Any]] = {
    "omitted": {"omitted": True},
    "omitted_false": {"omitted": True, "default": False},
    "omitted_if_empty": {"omitted": True},
    "no_items": {"default": []},
    "no_entries": {},
}
"""What each way of declaring a field says of it."""
_OWN = {"wire", "notes", "jsonrpc", "decode", "mismatch", "gating", "methods", "vocabulary"}
_HIDDEN = {"ProfileId", "HistoryItem"}
_NOT_IN_A_MODULE = (
    Definition("AbsolutePathBuf", "notes", "An absolute path.", alias=Scalar("string")),
    Definition(
        "LegacyAppPathString",
        "notes",
        "A path in the notation of the environment that it belongs to.",
        alias=Scalar("string"),
    ),
    Definition(
        "RequestId",
        "jsonrpc",
        "What a request is answered by, unique among the open requests of its sender.",
        alias=Union((Scalar("string"), Scalar("int64"))),
    ),
)


@dataclass
class _Reader:
    """Collects the definitions of all modules."""

    found: dict[str, Definition] = field(default_factory=dict[str, Definition])

    def read(self, path: Path) -> None:
        body = ast.parse(path.read_text("utf-8")).body
        for node, after in zip(body, [*body[1:], None], strict=True):
            if isinstance(node, ast.ClassDef):
                self._class(node, path.stem)
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                if name[0].isupper() and name not in _HIDDEN:
                    self.found[name] = Definition(name, path.stem, _sentences(after), alias=_type(node.value))

    def _class(self, node: ast.ClassDef, module: str) -> None:
        bases = tuple(base.id for base in node.bases if isinstance(base, ast.Name))
        made = Definition(node.name, module, _sentences(node.body[0]), bases=bases)
        inherited: tuple[Member, ...] = ()
        for base in bases:
            if base in _BASES:
                made = replace(made, **_BASES[base])
            else:
                parent = self.found[base]
                inherited = parent.members
                made = replace(made, verbatim=parent.verbatim, unknown=parent.unknown)
        own = tuple(
            _member(statement, after, verbatim=made.verbatim)
            for statement, after in zip(node.body, [*node.body[1:], None], strict=True)
            if isinstance(statement, ast.AnnAssign)
        )
        self.found[node.name] = replace(made, members=(*inherited, *own))


@cache
def catalogue() -> dict[str, Definition]:
    """All definitions by name."""
    reader = _Reader()
    for path in sorted(PACKAGE.glob("*.py")):
        if path.stem not in _OWN and not path.stem.startswith("_"):
            reader.read(path)
    return reader.found | {made.name: made for made in _NOT_IN_A_MODULE}


def same_as(definition: Definition) -> Definition:
    """The definition itself, or the one that it is only another name of in the program."""
    parent = catalogue().get(definition.bases[0]) if definition.bases else None
    if parent is not None and parent.members == definition.members and not parent.in_place:
        return parent
    return definition


@cache
def variants() -> frozenset[str]:
    """The classes that appear only as alternatives of a union told apart by a tag."""
    found: set[str] = set()
    for definition in catalogue().values():
        found.update(member.name for member in tagged_members(definition))
    return frozenset(found)


def tagged_members(definition: Definition) -> tuple[Named, ...]:
    """The alternatives of a union with a tag; a union may have but one."""
    alias = definition.alias
    if isinstance(alias, Named) and tag_of(catalogue()[alias.name]) is not None:
        return (alias,)
    if isinstance(alias, Union) and alias.tag is not None:
        return tuple(member for member in alias.members if isinstance(member, Named))
    return ()


def tag_of(definition: Definition) -> Member | None:
    """The member whose one word tells which variant the object is."""
    for member in definition.members:
        if isinstance(member.type, Words) and member.default == member.type.words[0]:
            return member
    return None


def _sentences(node: ast.stmt | None) -> str:
    if (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ):
        lines = (line.strip() for line in node.value.value.strip().splitlines())
        return "\n".join(lines)
    return ""


def _member(node: ast.AnnAssign, after: ast.stmt | None, *, verbatim: bool) -> Member:
    name = ast.unparse(node.target)
    annotation, experimental = node.annotation, False
    if isinstance(annotation, ast.Subscript) and _name(annotation.value) == "Experimental":
        annotation, experimental = annotation.slice, True
    annotation, key = _spelled(annotation)
    made = Member(
        name,
        key or (name if verbatim else _camel(name)),
        _type(annotation),
        required=node.value is None,
        experimental=experimental,
        text=_sentences(after),
    )
    if isinstance(node.value, ast.Call):
        return _declared(made, node.value)
    return made if node.value is None else replace(made, default=ast.literal_eval(node.value))


def _spelled(annotation: ast.expr) -> tuple[ast.expr, str | None]:
    """The type of a field, and the key that `spelled()` notes of it."""
    match annotation:
        case ast.Subscript(
            value=ast.Name(id="Annotated"),
            slice=ast.Tuple(elts=[bare, ast.Call(func=ast.Name(id="spelled"), args=[key])]),
        ):
            return bare, ast.literal_eval(key)
        case _:
            return annotation, None


def _declared(member: Member, call: ast.Call) -> Member:
    """What `omitted()` and the like say of a field."""
    how = _name(call.func)
    if how == "some_items":
        return replace(member, default=[ast.literal_eval(argument) for argument in call.args])
    key = ast.literal_eval(call.args[0]) if call.args else member.key
    return replace(member, key=key, **_DECLARED[how])


def _camel(name: str) -> str:
    head, *rest = name.rstrip("_").split("_")
    return head + "".join(word[:1].upper() + word[1:] for word in rest)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _type(node: ast.expr) -> Type:
    match node:
        case ast.Name(id=name):
            return _TYPES.get(name) or Named(name)
        case ast.BinOp(op=ast.BitOr()):
            return _union(_alternatives(node))
        case ast.Subscript(value=ast.Name(id=outer), slice=inner):
            return _generic(outer, list(inner.elts) if isinstance(inner, ast.Tuple) else [inner])
        case _:
            raise ValueError(f"line {node.lineno}: no type of the wire: {ast.unparse(node)}")


def _alternatives(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp):
        return [*_alternatives(node.left), *_alternatives(node.right)]
    return [node]


def _union(nodes: list[ast.expr]) -> Type:
    some = [node for node in nodes if not (isinstance(node, ast.Constant) and node.value is None)]
    members = tuple(_type(node) for node in some)
    return Union(members, nullable=len(some) < len(nodes))


def _generic(outer: str, arguments: list[ast.expr]) -> Type:
    if outer == "Literal":
        return Words(tuple(ast.literal_eval(argument) for argument in arguments))
    if outer == "Annotated":
        return _noted(_type(arguments[0]), arguments[1])
    inner = _type(arguments[-1])
    if outer not in {"list", "dict"}:
        raise ValueError(f"no type of the wire: {outer}")
    return Sequence(inner) if outer == "list" else Mapping(inner)


def _noted(made: Type, note: ast.expr) -> Type:
    if isinstance(made, Union) and isinstance(note, ast.Call) and _name(note.func) == "Field":
        return replace(made, tag=ast.literal_eval(note.keywords[0].value))
    return made
