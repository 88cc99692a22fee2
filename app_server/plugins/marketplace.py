"""A marketplace: a folder whose manifest lists plugins, and where each comes from (services.md §9)."""

import os
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple, cast

import orjson

from app_server.plugins.names import PluginError, PluginId, check_name, is_name
from protocol.wire import JsonObject, JsonValue

InstallPolicy = Literal["NOT_AVAILABLE", "AVAILABLE", "INSTALLED_BY_DEFAULT"]
AuthPolicy = Literal["ON_INSTALL", "ON_USE"]

_PLACES: Final = (
    os.path.join(".agents", "plugins", "marketplace.json"),
    os.path.join(".claude-plugin", "marketplace.json"),
)
_INSTALLATION: Final = ("NOT_AVAILABLE", "AVAILABLE", "INSTALLED_BY_DEFAULT")
_AUTHENTICATION: Final = ("ON_INSTALL", "ON_USE")
_PRODUCTS: Final = ("CHATGPT", "chatgpt", "CODEX", "codex", "ATLAS", "atlas")
_OWN_PRODUCT: Final = "CODEX"


class LocalSource(NamedTuple):
    """A folder of the marketplace."""

    folder: str


class GitSource(NamedTuple):
    """A repository, or a folder in it."""

    url: str
    folder: str | None = None
    ref: str | None = None
    sha: str | None = None


class NpmSource(NamedTuple):
    """A package."""

    package: str
    version: str | None = None
    registry: str | None = None


Source = LocalSource | GitSource | NpmSource


class Entry(NamedTuple):
    """A plugin as its marketplace offers it."""

    id: PluginId
    source: Source
    category: str | None
    installation: InstallPolicy
    authentication: AuthPolicy
    for_us: bool
    """False for what is offered to other products only: it is not shown."""


class Marketplace(NamedTuple):
    """One manifest. Paths are absolute."""

    name: str
    file: str
    root: str
    display_name: str | None
    entries: tuple[Entry, ...]

    def entry(self, name: str) -> Entry:
        """The plugin of that name, to be looked at. Raises PluginError."""
        check_name(name, "plugin")
        found = self._find(name)
        if found is None or not found.for_us:
            raise PluginError(f"plugin `{name}` was not found in marketplace `{self.name}`")
        return found

    def installable(self, name: str) -> Entry:
        """The plugin of that name, to be installed. Raises PluginError."""
        check_name(name, "plugin")
        found = self._find(name)
        if found is None:
            raise PluginError(f"plugin `{name}` was not found in marketplace `{self.name}`")
        if not found.for_us or found.installation == "NOT_AVAILABLE":
            raise PluginError(f"plugin `{name}` is not available for install in marketplace `{self.name}`")
        return found

    def _find(self, name: str) -> Entry | None:
        return next((one for one in self.entries if one.id.name == name), None)


def find_manifest(root: str) -> str | None:
    """The manifest that makes this folder a marketplace."""
    paths = (os.path.join(root, place) for place in _PLACES)
    return next((path for path in paths if os.path.isfile(path)), None)


def marketplace_at(root: str) -> Marketplace:
    """The marketplace in a folder. Raises PluginError, also when it is none, and OSError."""
    file = find_manifest(root)
    if file is None:
        raise _invalid(root, "marketplace root does not contain a supported manifest")
    return read_marketplace(file)


def read_marketplace(file: str) -> Marketplace:
    """What a manifest says. Raises PluginError when it is missing or wrong, OSError when it is unreadable."""
    try:
        with open(file, "rb") as opened:
            data = opened.read()
    except FileNotFoundError:
        raise PluginError(f"marketplace file `{file}` does not exist") from None
    try:
        values: JsonValue = orjson.loads(data)
    except ValueError as error:
        raise _invalid(file, str(error)) from None
    if not isinstance(values, dict):
        raise _invalid(file, "it is no object")
    name = values.get("name")
    if not isinstance(name, str):
        raise _invalid(file, "missing field `name`")
    plugins = values.get("plugins")
    if not isinstance(plugins, list):
        raise _invalid(file, "missing field `plugins`")
    check_name(name, "marketplace")
    root = _root_of(file)
    entries: dict[str, Entry] = {}
    for value in plugins:
        if isinstance(value, dict) and (entry := _entry(value, name, root, file)) is not None:
            entries.setdefault(entry.id.name, entry)
    interface = values.get("interface")
    shown = interface.get("displayName") if isinstance(interface, dict) else None
    return Marketplace(name, file, root, _text(shown), tuple(entries.values()))


def shown_entries(marketplaces: Sequence[Marketplace]) -> Iterator[tuple[Marketplace, tuple[Entry, ...]]]:
    """What of each marketplace is shown: of plugins with one id only the first."""
    seen: set[PluginId] = set()
    for marketplace in marketplaces:
        shown = tuple(one for one in marketplace.entries if one.for_us and one.id not in seen)
        seen.update(one.id for one in shown)
        if shown or not marketplace.entries:
            yield marketplace, shown


def _root_of(file: str) -> str:
    for place in _PLACES:
        if file.endswith(os.sep + place):
            return file[: -len(place) - 1] or os.sep
    raise _invalid(file, "marketplace file is not in a supported location")


def _entry(value: JsonObject, marketplace: str, root: str, file: str) -> Entry | None:
    """None for what has no proper name or a source that nobody here knows."""
    name, source = value.get("name"), _source(value.get("source"), root)
    if not isinstance(name, str) or not is_name(name) or source is None:
        return None
    policy = value.get("policy")
    given = policy if isinstance(policy, dict) else {}
    products = given.get("products")
    for product in products if isinstance(products, list) else ():
        _known(product, _PRODUCTS, file)
    admits = not isinstance(products, list) or any(str(one).upper() == _OWN_PRODUCT for one in products)
    return Entry(
        PluginId(name, marketplace),
        source,
        _text(value.get("category")),
        cast("InstallPolicy", _known(given.get("installation", "AVAILABLE"), _INSTALLATION, file)),
        cast("AuthPolicy", _known(given.get("authentication", "ON_INSTALL"), _AUTHENTICATION, file)),
        admits,
    )


def _source(value: JsonValue, root: str) -> Source | None:
    if isinstance(value, str):
        return _local(value, root)
    return _named_source(value, root) if isinstance(value, dict) else None


def _named_source(value: JsonObject, root: str) -> Source | None:
    url, path, ref, sha = (_text(value.get(key)) for key in ("url", "path", "ref", "sha"))
    match value.get("source"):
        case "local":
            return _local(path or "", root)
        case "url" if url:
            return GitSource(url, path, ref, sha)
        case "git-subdir" if url and path:
            return GitSource(url, path, ref, sha)
        case "npm" if package := _text(value.get("package")):
            return NpmSource(package, _text(value.get("version")), _text(value.get("registry")))
        case _:
            return None


def _local(path: str, root: str) -> LocalSource | None:
    """A folder below the root: it begins with `./` and never leads out."""
    parts = path[2:].split("/")
    if not path.startswith("./") or ".." in parts:
        return None
    return LocalSource(os.path.normpath(os.path.join(root, *parts)))


def _known(value: JsonValue, variants: Sequence[str], file: str) -> str:
    if isinstance(value, str) and value in variants:
        return value
    expected = ", ".join(f"`{one}`" for one in variants)
    raise _invalid(file, f"unknown variant `{value}`, expected one of {expected}")


def _text(value: JsonValue) -> str | None:
    return value.strip() if isinstance(value, str) and value.strip() else None


def _invalid(file: str, problem: str) -> PluginError:
    return PluginError(f"invalid marketplace file `{file}`: {problem}")
