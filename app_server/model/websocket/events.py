"""The events that only a websocket has: errors with a status, rate limits (model-client.md §3.3, §5.3)."""

from typing import Protocol

from app_server.model import errors
from app_server.model.errors import ModelError
from app_server.model.http_errors import status_error
from app_server.model.lenient_json import loads
from app_server.model.rate_limits import DEFAULT_LIMIT, Credits, RateLimits, RateLimitWindow
from protocol.wire import JsonObject, JsonValue


class Remembers(Protocol):
    """Keeps the latest rate limits."""

    def remember(self, limits: RateLimits) -> RateLimits: ...


def failure_of(data: bytes, client: Remembers) -> ModelError | None:
    """What an `error` event means; None for another event, and for an error without a status."""
    event = loads(data)
    if not isinstance(event, dict) or event.get("type") != "error":
        return None
    error = event.get("error")
    detail: JsonObject = error if isinstance(error, dict) else {}
    if detail.get("code") == "websocket_connection_limit_reached":
        message = detail.get("message")
        return errors.disconnected(message if isinstance(message, str) else "")
    status = event.get("status", event.get("status_code"))
    if not isinstance(status, int) or isinstance(status, bool) or 200 <= status < 300:
        return None
    given = event.get("headers")
    headers = {
        name.lower(): str(value)
        for name, value in (given.items() if isinstance(given, dict) else ())
        if isinstance(value, (str, int, float))
    }
    failure = status_error(status, headers, data, None)
    if failure.rate_limits is not None:
        failure.rate_limits = client.remember(failure.rate_limits)
    return failure


def limits_of(data: bytes) -> RateLimits | None:
    """The snapshot of a `codex.rate_limits` event; None for another event."""
    event = loads(data)
    if not isinstance(event, dict) or event.get("type") != "codex.rate_limits":
        return None
    windows, money = event.get("rate_limits"), event.get("credits")
    name = _text(event.get("limit_name"))
    limit = _text(event.get("metered_limit_name")) or name or DEFAULT_LIMIT
    return RateLimits(
        limit_id=limit.lower().replace("-", "_"),
        limit_name=name,
        primary=_window(windows.get("primary")) if isinstance(windows, dict) else None,
        secondary=_window(windows.get("secondary")) if isinstance(windows, dict) else None,
        credits=_credits(money) if isinstance(money, dict) else None,
        plan_type=_text(event.get("plan_type")),
    )


def _window(value: JsonValue) -> RateLimitWindow | None:
    if not isinstance(value, dict):
        return None
    used, minutes, resets = (value.get(key) for key in ("used_percent", "window_minutes", "reset_at"))
    if not isinstance(used, (int, float)):
        return None
    return RateLimitWindow(
        float(used),
        minutes if isinstance(minutes, int) and not isinstance(minutes, bool) else None,
        resets if isinstance(resets, int) and not isinstance(resets, bool) else None,
    )


def _credits(value: JsonObject) -> Credits | None:
    has, unlimited = value.get("has_credits"), value.get("unlimited")
    if not isinstance(has, bool) or not isinstance(unlimited, bool):
        return None
    return Credits(has, unlimited, _text(value.get("balance")))


def _text(value: JsonValue) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
