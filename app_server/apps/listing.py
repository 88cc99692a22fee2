"""The list of apps: what the directory knows, and which of it the account can use (services.md §9)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from app_server.apps.app import App
from app_server.apps.directory import DirectoryApp
from protocol.wire import JsonObject


class ListedApp(NamedTuple):
    """An app of the list."""

    app: DirectoryApp
    accessible: bool
    plugins: tuple[str, ...] = ()
    """The plugins that come with it, by the names they are shown by."""


def merged(
    directory: Sequence[DirectoryApp] | None,
    accessible: Iterable[App],
    plugins: Mapping[str, Collection[str]],
) -> list[ListedApp]:
    """The apps, those that can be used first, then by name.

    While the directory is not known (None), the list is of those that can be used; then of those that the
    directory or a plugin names. `plugins` are the names of plugins, by the ids of the apps that they bring.
    """
    usable = {app.id: app for app in accessible}
    if directory is None:
        known = {app_id: DirectoryApp(app_id, app.shown_name, _facts(app)) for app_id, app in usable.items()}
    else:
        known = {app_id: DirectoryApp(app_id, app_id, {}) for app_id in plugins}
        known |= {app.id: app for app in directory}
    rows = [
        ListedApp(
            _told(app, usable[app.id]) if app.id in usable else app,
            app.id in usable,
            tuple(sorted(plugins.get(app.id, ()))) if app.id in usable else (),
        )
        for app in known.values()
    ]
    return sorted(rows, key=lambda row: (not row.accessible, row.app.name, row.app.id))


def _told(app: DirectoryApp, usable: App) -> DirectoryApp:
    """What the directory does not tell of an app, its tools may."""
    name = usable.shown_name if app.name == app.id else app.name
    return app._replace(name=name, facts={**_facts(usable), **app.facts})


def _facts(app: App) -> JsonObject:
    return {} if app.description is None else {"description": app.description}
