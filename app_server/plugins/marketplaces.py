"""The marketplaces that count: the user's own, the added ones, those of the folders that are worked in."""

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from app_server.config.config import Config
from app_server.config.home import user_home
from app_server.plugins.marketplace import Marketplace, find_manifest, read_marketplace
from app_server.plugins.names import PluginError
from protocol.wire import JsonValue

CLONES: Final = os.path.join(".tmp", "marketplaces")
"""Below CODEX_HOME: the clones of those that come from repositories, each under its name."""


class Found(NamedTuple):
    """The marketplaces that could be read, and for each of the others its file and what is wrong."""

    marketplaces: tuple[Marketplace, ...]
    problems: tuple[tuple[str, str], ...]


class Added(NamedTuple):
    """One `[marketplaces.NAME]` of the configuration."""

    name: str
    kind: str
    """`local` or `git`."""
    source: str
    ref: str | None = None
    sparse_paths: tuple[str, ...] = ()
    revision: str | None = None
    """The commit that the clone was last brought to."""

    def root(self, codex_home: str | os.PathLike[str]) -> str:
        """The folder that it lies in."""
        return self.source if self.kind == "local" else os.path.join(codex_home, CLONES, self.name)


def added_marketplaces(config: Config) -> tuple[Added, ...]:
    """Those that were added, by name; an entry without a source is none."""
    found = (_added(name, value) for name, value in sorted(config.table("marketplaces").items()))
    return tuple(one for one in found if one is not None)


def find_marketplaces(config: Config, environ: Mapping[str, str], cwds: Sequence[str]) -> Found:
    """All that count, each once. Blocks."""
    marketplaces: list[Marketplace] = []
    problems: list[tuple[str, str]] = []
    seen: set[str] = set()
    for root in _roots(config, environ, cwds):
        file = find_manifest(root)
        if file is None or (real := os.path.realpath(file)) in seen:
            continue
        seen.add(real)
        try:
            marketplaces.append(read_marketplace(file))
        except PluginError as error:
            problems.append((file, str(error)))
        except OSError as error:
            problems.append((file, f"failed to read marketplace file: {error.strerror}"))
    return Found(tuple(marketplaces), tuple(problems))


def _roots(config: Config, environ: Mapping[str, str], cwds: Sequence[str]) -> Iterator[str]:
    yield user_home(environ)
    for one in added_marketplaces(config):
        yield one.root(config.codex_home)
    for cwd in cwds:
        yield cwd
        if (repository := _repository(cwd)) is not None:
            yield repository


def _repository(folder: str) -> str | None:
    while True:
        if os.path.lexists(os.path.join(folder, ".git")):
            return folder
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def _added(name: str, value: JsonValue) -> Added | None:
    table = value if isinstance(value, dict) else {}
    kind, source, ref, revision = (
        text if isinstance(text := table.get(key), str) and text else None
        for key in ("source_type", "source", "ref", "last_revision")
    )
    if source is None or kind not in ("local", "git"):
        return None
    sparse = table.get("sparse_paths")
    paths = tuple(one for one in sparse if isinstance(one, str)) if isinstance(sparse, list) else ()
    return Added(name, kind, source, ref, paths, revision)
