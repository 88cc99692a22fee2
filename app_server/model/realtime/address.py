"""Where a provider's spoken conversations are (model-client.md §8)."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from app_server.model.errors import ModelError

_API_BASE_URL: Final = "https://api.openai.com/v1"


def socket_url(base_url: str | None, query: Mapping[str, str]) -> str:
    """The websocket's address below a base URL, which the API's own takes the place of when there is none.

    Raises ModelError for a base that is no URL.
    """
    try:
        parts = urlsplit(base_url or _API_BASE_URL)
    except ValueError as error:
        raise ModelError(f"invalid realtime websocket URL: {error}") from None
    path = parts.path.rstrip("/")
    if not path:
        path = "/v1/realtime"
    elif path.endswith("/v1"):
        path += "/realtime"
    pairs = [*parse_qsl(parts.query, keep_blank_values=True), *query.items()]
    return parts._replace(path=path, query=urlencode(pairs, errors="replace"), fragment="").geturl()


def call_id_of(location: str | None) -> str | None:
    """The call that a `Location` names: its path's segment `rtc_…`; None when it names none."""
    path = (location or "").partition("?")[0].partition("#")[0]
    return next((part for part in path.split("/") if part.startswith("rtc_")), None)
