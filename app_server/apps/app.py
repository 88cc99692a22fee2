"""An app, as the tools of the account's server tell of it: each names the app that it belongs to."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from protocol.wire import JsonObject, JsonValue


class App(NamedTuple):
    """An app that the account has connected."""

    id: str
    name: str | None = None
    description: str | None = None

    @property
    def shown_name(self) -> str:
        return self.name or self.id

    @property
    def slug(self) -> str:
        """What users write behind a `$`."""
        return slug_of(self.shown_name, "-")


def slug_of(name: str, filler: str) -> str:
    """The name in small letters and digits, each other character replaced; never empty."""
    return re.sub(r"[^a-z0-9]", filler, name.lower()).strip(filler) or "app"


def app_of(tool: JsonObject) -> App | None:
    """The app that a tool belongs to; None for a tool of no app, which nobody is offered."""
    meta = tool.get("_meta")
    known: JsonObject = meta if isinstance(meta, dict) else {}
    app_id = _text(known.get("connector_id"))
    if app_id is None:
        return None
    name = _text(known.get("connector_name")) or _text(known.get("connector_display_name"))
    described = _text(known.get("connector_description")) or _text(known.get("connectorDescription"))
    return App(app_id, name, described)


def apps_of(tools: Iterable[JsonObject]) -> tuple[App, ...]:
    """The apps of these tools, each once; what one tool does not tell of its app, another may."""
    found: dict[str, App] = {}
    for app in map(app_of, tools):
        if app is not None:
            known = found.setdefault(app.id, app)
            found[app.id] = App(app.id, known.name or app.name, known.description or app.description)
    return tuple(found.values())


def _text(value: JsonValue) -> str | None:
    return (value.strip() or None) if isinstance(value, str) else None
