"""The directory of apps that a ChatGPT account can connect, asked of the account's backend."""

from typing import Final, NamedTuple
from urllib.parse import urlencode

from app_server.apps.app import slug_of
from app_server.http.message import HttpError
from app_server.model.login.issuer import Caller
from protocol.wire import JsonObject, JsonValue

_PATH: Final = "connectors/directory/list"
_MOST_PAGES: Final = 100
_SECONDS: Final = 60
_TEXTS: Final = ("description", "logoUrl", "logoUrlDark", "distributionChannel")
_OBJECTS: Final = ("branding", "appMetadata", "labels", "iconAssets", "iconDarkAssets")


class AppDirectoryError(Exception):
    """The directory cannot be read."""


class DirectoryApp(NamedTuple):
    """An app as the wire has it, without what only this server knows of it."""

    id: str
    name: str
    facts: JsonObject


async def read_directory(
    caller: Caller, base_url: str, headers: tuple[tuple[str, bytes], ...]
) -> tuple[DirectoryApp, ...]:
    """All apps that are shown, by name. Raises AppDirectoryError."""
    found: dict[str, DirectoryApp] = {}
    token: str | None = None
    for _ in range(_MOST_PAGES):
        query = {"token": token} if token else {}
        url = f"{base_url.rstrip('/')}/{_PATH}?{urlencode({**query, 'external_logos': 'true'})}"
        try:
            answer = await caller.send("GET", url, headers=dict(headers), seconds=_SECONDS)
        except HttpError as error:
            raise AppDirectoryError(f"the account's backend could not be reached: {error}") from error
        if not answer.is_success:
            said = answer.body.decode(errors="replace")
            raise AppDirectoryError(f"Request failed with status {answer.shown_status}: {said}")
        page = answer.json
        apps = page.get("apps")
        for one in apps if isinstance(apps, list) else ():
            if (app := _app(one)) is not None:
                found.setdefault(app.id, app)
        following = page.get("nextToken", page.get("next_token"))
        token = following if isinstance(following, str) and following else None
        if token is None:
            return tuple(sorted(found.values(), key=lambda app: (app.name, app.id)))
    raise AppDirectoryError("the directory has no end")


def install_url(app_id: str, name: str) -> str:
    """Where a user connects the app."""
    return f"https://chatgpt.com/apps/{slug_of(name, '-')}/{app_id}"


def _app(value: JsonValue) -> DirectoryApp | None:
    """None for what is hidden, or no app."""
    if not isinstance(value, dict) or value.get("visibility") == "HIDDEN":
        return None
    app_id, name = value.get("id"), value.get("name")
    if not isinstance(app_id, str) or not isinstance(name, str) or not app_id:
        return None
    facts: JsonObject = {}
    for key in _TEXTS:
        if isinstance(text := value.get(key), str) and text.strip():
            facts[key] = text.strip()
    for key in _OBJECTS:
        if isinstance(inner := value.get(key), dict):
            facts[key] = inner
    return DirectoryApp(app_id, name.strip() or app_id, facts)
