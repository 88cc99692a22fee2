"""What plugins and marketplaces may be called: the names become folders and keys of config.toml."""

from typing import Final, NamedTuple

_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


class PluginError(Exception):
    """Something about a plugin or a marketplace is not as it has to be. The text is for clients."""


class PluginId(NamedTuple):
    """`NAME@MARKETPLACE`, as config has it."""

    name: str
    marketplace: str

    def __str__(self) -> str:
        return f"{self.name}@{self.marketplace}"


def is_name(text: str) -> bool:
    """Whether something may be called so."""
    return bool(text) and _LETTERS.issuperset(text)


def check_name(text: str, what: str) -> None:
    """Raises PluginError for what is no name of a `plugin` or `marketplace`."""
    if not is_name(text):
        raise PluginError(f"invalid {what} name: only ASCII letters, digits, `_`, and `-` are allowed")


def plugin_id_of(text: str) -> PluginId | None:
    """The two parts of an id; None when it is none."""
    name, _, marketplace = text.rpartition("@")
    return PluginId(name, marketplace) if is_name(name) and is_name(marketplace) else None
