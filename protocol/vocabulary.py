"""Which words one client is told: a client of 0.131 and one of 0.169 both decode all that they get.

Many types have words that one of the two versions lacks (`Dated`), and clients with closed enums fail on
them. Nothing in `initialize` names the wire that a client was made for. So the rule: a word that not both
versions have is told to those only who have shown that they know it. A client shows this by

* a capability that 0.131 has not: it knows all of 0.169;
* being one of the reference's own clients, whose version is that of their wire;
* calling a method that 0.131 has not, or using the word itself.

All others are told what `Dated` gives in the word's stead, if they know that; or nothing: the value is null,
or missing in its list, or what it is a part of is left out. Unions of objects are told apart by their tags.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, TypeVar, Union, cast, get_args, get_origin

from pydantic.fields import FieldInfo

from protocol.notes import Apart, Dated
from protocol.table.row import NEW, OLD
from protocol.wire import WireModel

M = TypeVar("M", bound=WireModel)
Version = Literal["0.169", "0.131"] | None

OWN_CLIENTS: Final = ("codex-tui", "codex_exec", "codex_cli_rs", "codex_python_sdk", "codex_sdk_ts")
"""Clients that are released with the reference, under its version."""
FULL: Final = (0, 163)
"""The first version of which it was seen that it has all new words but those of the provider's failures."""
OLD_CAPABILITIES: Final = frozenset({"experimentalApi", "requestAttestation", "optOutNotificationMethods"})

_LEFT_OUT: Final = object()
_Change = Callable[[Any, "Vocabulary"], Any]


def version_of(name: str, version: str, capabilities: Iterable[str]) -> Version:
    """The wire that a client speaks for sure, by what it says of itself in `initialize`."""
    if not OLD_CAPABILITIES.issuperset(capabilities):
        return NEW
    number = re.match(r"(\d+)\.(\d+)\.", version) if name in OWN_CLIENTS else None
    if number is None:
        return None
    release = (int(number[1]), int(number[2]))
    if release <= (0, 131):
        return OLD
    return NEW if release >= FULL else None


class Vocabulary:
    """The words of one client."""

    def __init__(self, version: Version = None) -> None:
        self.version: Version = version
        self.heard: frozenset[str] = frozenset()
        """Words of one version that the client itself has used."""

    @property
    def key(self) -> tuple[Version, frozenset[str]]:
        """The same for clients that are told the same."""
        return self.version, self.heard

    def knows(self, word: str, note: Dated) -> bool:
        older, newer = note.versions(word)
        if (older and newer) or word in self.heard:
            return True
        return newer if self.version == NEW else older if self.version == OLD else False

    def hear(self, since: str | None, params: WireModel | None) -> None:
        """The client has called a method of this `since` with these params."""
        if since == NEW and self.version is None:
            self.version = NEW
        if params is not None and (change := _change_of(type(params), None)) is not None:
            ear = _Ear()
            change(params, ear)
            if ear.words and not ear.words <= self.heard:
                self.heard |= ear.words

    def tell(self, model: M) -> M | None:
        """The model in words that the client knows; None when nothing is left of it."""
        change = _change_of(type(model), self.version)
        if change is None:
            return model
        told = change(model, self)
        return None if told is _LEFT_OUT else cast("M", told)


class _Ear(Vocabulary):
    """Knows every word, and notes those that not both versions have."""

    def __init__(self) -> None:
        super().__init__()
        self.words: frozenset[str] = frozenset()

    def knows(self, word: str, note: Dated) -> bool:
        if not all(note.versions(word)):
            self.words |= {word}
        return True


def is_universal(model: type[WireModel]) -> bool:
    """Whether all clients are told such an object alike."""
    return _change_of(model, None) is None


@cache
def _change_of(model: type[WireModel], version: Version) -> _Change | None:
    """What puts an object of this class into a client's words; None when nothing in it is dated."""
    if model in _in_progress:  # it holds objects of its own kind
        return lambda value, vocabulary: _model(value, vocabulary, version)
    _in_progress.append(model)
    try:
        parts = [(name, _field(field, version)) for name, field in model.model_fields.items()]
    finally:
        _in_progress.pop()
    dated = [(name, change, nullable) for name, (change, nullable) in parts if change is not None]
    return _struct(dated) if dated else None


_in_progress: list[type[WireModel]] = []


def _field(field: FieldInfo, version: Version) -> tuple[_Change | None, bool]:
    kind: Any = field.annotation
    nullable = NoneType in get_args(kind)
    return _change(kind, tuple(field.metadata), field.discriminator, version), nullable


def _struct(dated: list[tuple[str, _Change, bool]]) -> _Change:
    def change(value: WireModel | None, vocabulary: Vocabulary) -> object:
        if value is None:
            return None
        told: dict[str, object] = {}
        for name, part, nullable in dated:
            held = getattr(value, name)
            said = part(held, vocabulary)
            if said is _LEFT_OUT:
                if not nullable:
                    return _LEFT_OUT
                said = None
            if said is not held:
                told[name] = said
        return value.model_copy(update=told) if told else value

    return change


def _model(value: WireModel, vocabulary: Vocabulary, version: Version) -> object:
    change = _change_of(type(value), version)
    return value if change is None else change(value, vocabulary)


def _change(kind: Any, notes: tuple[object, ...], tag: object, version: Version) -> _Change | None:  # noqa: ANN401 - a type expression has no static type
    while get_origin(kind) is Annotated:
        kind, *inner = get_args(kind)
        notes = (*inner, *notes)
    if tag is None:
        tag = next((note.discriminator for note in notes if isinstance(note, FieldInfo)), None)
    dated = [note for note in notes if isinstance(note, Dated)]
    apart = any(isinstance(note, Apart) for note in notes)
    inner = _by_class(version) if apart else _inner(kind, version)
    if not dated or not _matters(dated[-1], version):
        return inner
    return _word(dated[-1], str(tag) if tag else None, inner)


def _matters(note: Dated, version: Version) -> bool:
    if version == NEW:
        return bool(note.old)
    return version is None or bool(note.new or note.listed or note.absent is not None)


def _word(note: Dated, tag: str | None, inner: _Change | None) -> _Change:
    def change(value: object, vocabulary: Vocabulary) -> object:
        if value is None:
            return None if vocabulary.version == NEW else note.absent
        word = getattr(value, tag) if tag is not None else value
        if isinstance(word, str) and not vocabulary.knows(word, note):
            instead = note.instead(word) if tag is None else None
            return instead if instead is not None and vocabulary.knows(instead, note) else _LEFT_OUT
        return value if inner is None else inner(value, vocabulary)

    return change


def _inner(kind: Any, version: Version) -> _Change | None:  # noqa: ANN401 - as above
    origin = get_origin(kind)
    if origin is Union or origin is UnionType:
        return _union(get_args(kind), version)
    if origin is list:
        return _items(_change(get_args(kind)[0], (), None, version))
    if origin is dict:
        return _values(_change(get_args(kind)[1], (), None, version))
    if isinstance(kind, type) and issubclass(kind, WireModel):
        return _change_of(kind, version)
    return None


def _by_class(version: Version) -> _Change:
    """Each object by its own class, which is looked at when it first comes, as its validator is."""

    def change(value: WireModel | None, vocabulary: Vocabulary) -> object:
        return None if value is None else _model(value, vocabulary, version)

    return change


def _union(members: tuple[Any, ...], version: Version) -> _Change | None:
    """By the kind of the value: the objects each by its class, a text, a list or a map by its member."""
    changes = [(_holds(member), _change(member, (), None, version)) for member in members]
    dated = [(holds, change) for holds, change in changes if change is not None]
    if not dated:
        return None

    def change(value: object, vocabulary: Vocabulary) -> object:
        part = next((part for holds, part in dated if isinstance(value, holds)), None)
        return value if part is None else part(value, vocabulary)

    return change


def _holds(member: Any) -> tuple[type, ...]:  # noqa: ANN401 - as above
    """The classes of the values of this type."""
    while get_origin(member) is Annotated:
        member = get_args(member)[0]
    origin = get_origin(member)
    if origin is Literal:
        return (str,)
    if origin is Union or origin is UnionType:
        return tuple(one for part in get_args(member) for one in _holds(part))
    return (origin or member,)


def _items(part: _Change | None) -> _Change | None:
    if part is None:
        return None

    def change(value: list[object] | None, vocabulary: Vocabulary) -> object:
        if value is None:
            return None
        told = [part(item, vocabulary) for item in value]
        if all(said is item for said, item in zip(told, value, strict=True)):
            return value
        return [said for said in told if said is not _LEFT_OUT]

    return change


def _values(part: _Change | None) -> _Change | None:
    if part is None:
        return None

    def change(value: dict[str, object] | None, vocabulary: Vocabulary) -> object:
        if value is None:
            return None
        told = {key: part(item, vocabulary) for key, item in value.items()}
        if all(told[key] is item for key, item in value.items()):
            return value
        return {key: said for key, said in told.items() if said is not _LEFT_OUT}

    return change
