"""What an HTTP answer other than success means (model-client.md §4)."""

from collections.abc import Mapping
from typing import Final

from app_server.http.message import status_line
from app_server.model.errors import ModelError, flagged, not_included, overloaded
from app_server.model.lenient_json import loads
from app_server.model.retry import retry_after
from app_server.model.usage_limit import usage_limit_reached
from protocol.wire import JsonObject, JsonValue

_SHOWN_BODY: Final = 1000
_REQUEST_IDS: Final = ("x-request-id", "x-oai-request-id", "cf-ray")
_BAD_IMAGE: Final = "The image data you provided does not represent a valid image"


def status_error(status: int, headers: Mapping[str, str], body: bytes, url: str | None) -> ModelError:
    """The error for a status outside 200–299. `url` must be free of secrets: it is shown, if there is one.

    What may be retried waits as long as the provider wants it to. Too many requests are worth another
    one only where it says when, as newer servers have it: it knows best whether waiting helps.
    """
    error = _status_error(status, headers, body, url)
    if error.retryable:
        error.delay = retry_after(headers)
    return error


def _status_error(status: int, headers: Mapping[str, str], body: bytes, url: str | None) -> ModelError:
    parsed = loads(body)
    error = _object(_object(parsed).get("error"))
    message = _text(error.get("message"))
    text = body.decode("utf-8", "replace")
    match status:
        case 400:
            return _bad_request(error, message, text)
        case 429:
            return _too_many(error, headers)
        case 500:
            return ModelError(
                "We're currently experiencing high demand, which may cause temporary errors.",
                "internalServerError",
                retryable=True,
                http_status=500,
            )
        case 503 if error.get("code") in {"server_is_overloaded", "slow_down"}:
            return overloaded()
        case _:
            place = "" if url is None else f", url: {url}"
            return ModelError(
                f"{_refusal(status, message, body, text)}{place}{_traces(headers)}",
                retryable=True,
                http_status=status,
            )


def _bad_request(error: Mapping[str, JsonValue], message: str | None, text: str) -> ModelError:
    if error.get("code") == "cyber_policy":
        return flagged(message)
    if _BAD_IMAGE in text:
        return ModelError(
            "Invalid image in your last message. Please remove it and try again.",
            "badRequest",
            http_status=400,
        )
    return ModelError(text, http_status=400)


def _too_many(error: Mapping[str, JsonValue], headers: Mapping[str, str]) -> ModelError:
    match error.get("type"):
        case "usage_limit_reached":
            return usage_limit_reached(error, headers)
        case "usage_not_included":
            return not_included()
        case _:
            request_id = next((headers[name] for name in _REQUEST_IDS if headers.get(name)), None)
            suffix = f", request id: {request_id}" if request_id else ""
            return ModelError(
                f"exceeded retry limit, last status: {status_line(429)}{suffix}",
                {"responseTooManyFailedAttempts": {"httpStatusCode": 429}},
                retryable=retry_after(headers) is not None,
                http_status=429,
            )


def _refusal(status: int, message: str | None, body: bytes, text: str) -> str:
    if status == 403 and "Cloudflare" in text and "blocked" in text:
        return (
            "Cloudflare refused this request on its way; a VPN or a proxy may be the cause "
            f"(status {status_line(status)})"
        )
    return f"unexpected status {status_line(status)}: {message or _shown_body(body, text)}"


def _shown_body(body: bytes, text: str) -> str:
    if len(body) > _SHOWN_BODY:
        return body[:_SHOWN_BODY].decode("utf-8", "ignore") + "..."
    return text.strip() or "Unknown error"


def _traces(headers: Mapping[str, str]) -> str:
    found = (
        ("cf-ray", headers.get("cf-ray")),
        ("request id", headers.get("x-request-id") or headers.get("x-oai-request-id")),
        ("auth error", headers.get("x-openai-authorization-error")),
        ("auth error code", _auth_error_code(headers.get("x-error-json"))),
    )
    return "".join(f", {name}: {value}" for name, value in found if value)


def _auth_error_code(encoded: str | None) -> str | None:
    if not encoded:
        return None
    import base64  # only a refused login sends it

    try:
        value = loads(base64.b64decode(encoded))
    except ValueError:
        return None
    return _text(_object(_object(value).get("error")).get("code"))


def _object(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) else None
