"""Every way in which a provider refuses or breaks off, in the words and kinds that clients know."""

import base64
import json
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import pytest
from pydantic import JsonValue

from app_server.model.errors import ModelError, announced_delay, failed, incomplete, missing_key
from app_server.model.http_errors import status_error
from app_server.model.usage_limit import usage_limit_reached

URL = "http://host/v1/responses"
PLUS = "To use Codex with your ChatGPT plan, upgrade to Plus: https://chatgpt.com/explore/plus."
ROOM = (
    "Codex ran out of room in the model's context window. "
    "Start a new thread or clear earlier history before retrying."
)


@pytest.mark.parametrize(
    ("error", "message", "info", "retryable"),
    [
        (None, "stream disconnected before completion: response.failed event received", "other", True),
        ({"code": "odd", "message": "m"}, "stream disconnected before completion: m", "other", True),
        ({"message": "m"}, "stream disconnected before completion: m", "other", True),
        ({"code": "context_length_exceeded", "message": "m"}, ROOM, "contextWindowExceeded", False),
        (
            {"code": "insufficient_quota", "message": "m"},
            "Quota exceeded. Check your plan and billing details.",
            "usageLimitExceeded",
            False,
        ),
        ({"code": "usage_not_included"}, PLUS, "usageLimitExceeded", False),
        ({"code": "invalid_prompt", "message": "why"}, "why", "other", False),
        ({"code": "invalid_prompt"}, "Invalid request.", "other", False),
        (
            {"code": "server_is_overloaded"},
            "Selected model is at capacity. Please try a different model.",
            "serverOverloaded",
            False,
        ),
        (
            {"code": "slow_down"},
            "Selected model is at capacity. Please try a different model.",
            "serverOverloaded",
            False,
        ),
        ({"code": "cyber_policy", "message": "no"}, "no", "cyberPolicy", False),
        (
            {"code": "cyber_policy", "message": " "},
            "This request has been flagged for possible cybersecurity risk.",
            "cyberPolicy",
            False,
        ),
    ],
)
def test_a_failed_response_says_why(error: JsonValue, message: str, info: str, retryable: bool) -> None:
    found = failed(error)

    assert (str(found), found.info, found.retryable) == (message, info, retryable)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Please try again in 1.5s.", 1.5),
        ("TRY AGAIN IN 20 seconds", 20.0),
        ("try again in 350.9ms", 0.35),
        ("try again later", None),
    ],
)
def test_a_rate_limit_says_when_to_come_back(text: str, seconds: float | None) -> None:
    found = failed({"code": "rate_limit_exceeded", "message": text})

    assert found.delay == seconds == announced_delay(text)
    assert (str(found), found.retryable) == (f"stream disconnected before completion: {text}", True)


def test_an_incomplete_response_names_its_reason() -> None:
    assert str(incomplete("max_output_tokens")).endswith(
        "Incomplete response returned, reason: max_output_tokens"
    )
    assert str(incomplete(None)).endswith("reason: unknown")


def test_a_missing_key_names_its_variable_and_how_to_get_one() -> None:
    assert str(missing_key("K", None)) == "Missing environment variable: `K`."
    assert str(missing_key("K", "See docs.")) == "Missing environment variable: `K`. See docs."


def _status(
    status: int, body: JsonValue | bytes = b"", headers: Mapping[str, str] | None = None
) -> tuple[str, JsonValue, bool]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    error = status_error(status, headers or {}, data, URL)
    return str(error), error.info, error.retryable


def test_a_bad_request_shows_the_raw_body() -> None:
    assert _status(400, b'{"error": {"message": "m"}}') == ('{"error": {"message": "m"}}', "other", False)
    assert _status(400, b"") == ("", "other", False)


def test_a_bad_image_is_told_in_plain_words() -> None:
    body: JsonValue = {
        "error": {"message": "The image data you provided does not represent a valid image. x"}
    }

    assert _status(400, body) == (
        "Invalid image in your last message. Please remove it and try again.",
        "badRequest",
        False,
    )


def test_a_flagged_request_is_told_as_such() -> None:
    assert _status(400, {"error": {"code": "cyber_policy", "message": "no"}}) == ("no", "cyberPolicy", False)


def test_a_server_error_says_nothing_of_the_server() -> None:
    assert _status(500, b"Traceback") == (
        "We're currently experiencing high demand, which may cause temporary errors.",
        "internalServerError",
        True,
    )


def test_an_overloaded_model_is_told_from_a_broken_one() -> None:
    overloaded: JsonValue = {"error": {"code": "server_is_overloaded"}}

    assert _status(503, overloaded)[1:] == ("serverOverloaded", False)
    assert _status(503, b"x") == (f"unexpected status 503 Service Unavailable: x, url: {URL}", "other", True)


def test_too_many_requests_names_the_request() -> None:
    info = {"responseTooManyFailedAttempts": {"httpStatusCode": 429}}
    text = "exceeded retry limit, last status: 429 Too Many Requests"

    assert _status(429) == (text, info, False)
    assert _status(429, b"", {"retry-after": "2"}) == (text, info, True)
    assert _status(429, b"", {"x-request-id": "r-1"}) == (f"{text}, request id: r-1", info, False)
    assert _status(429, b"", {"cf-ray": "c-1"}) == (f"{text}, request id: c-1", info, False)
    assert _status(429, {"error": {"type": "usage_not_included"}}) == (PLUS, "usageLimitExceeded", False)


def test_what_may_be_retried_waits_as_long_as_the_provider_wants() -> None:
    headers = {"retry-after": "7"}

    assert [status_error(status, headers, b"", URL).delay for status in (429, 500, 503)] == [7, 7, 7]
    assert status_error(400, headers, b"", URL).delay is None
    assert status_error(503, {}, b"", URL).delay is None


@pytest.mark.parametrize(
    ("status", "body", "headers", "shown"),
    [
        (403, {"error": {"message": "no"}}, {}, "403 Forbidden: no, url: " + URL),
        (401, b"plain", {}, "401 Unauthorized: plain, url: " + URL),
        (404, b"", {}, "404 Not Found: Unknown error, url: " + URL),
        (413, b"big", {}, "413 Payload Too Large: big, url: " + URL),
        (599, b"x", {}, "599 <unknown status code>: x, url: " + URL),
        (502, b"<html>bad", {}, "502 Bad Gateway: <html>bad, url: " + URL),
        (502, b"x" * 1001, {}, f"502 Bad Gateway: {'x' * 1000}..., url: " + URL),
        (
            403,
            b"x",
            {"cf-ray": "ray", "x-request-id": "id", "x-openai-authorization-error": "gone"},
            f"403 Forbidden: x, url: {URL}, cf-ray: ray, request id: id, auth error: gone",
        ),
        (
            401,
            b"x",
            {"x-error-json": base64.b64encode(b'{"error":{"code":"token_expired"}}').decode()},
            f"401 Unauthorized: x, url: {URL}, auth error code: token_expired",
        ),
        (401, b"x", {"x-error-json": "!!"}, f"401 Unauthorized: x, url: {URL}"),
    ],
)
def test_any_other_status_is_shown_with_what_came_along(
    status: int, body: JsonValue | bytes, headers: Mapping[str, str], shown: str
) -> None:
    assert _status(status, body, headers) == (f"unexpected status {shown}", "other", True)


@pytest.fixture
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("this platform cannot change its time zone")
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


NOW = datetime(2030, 5, 6, 3, 0, tzinfo=UTC).timestamp()
SAME_DAY = int(datetime(2030, 5, 6, 7, 6, tzinfo=UTC).timestamp())
MUCH_LATER = int(datetime(2096, 10, 2, 19, 6, tzinfo=UTC).timestamp())


def _limit(error: dict[str, JsonValue], headers: Mapping[str, str] | None = None) -> ModelError:
    return usage_limit_reached(error, headers or {}, now=lambda: NOW)


@pytest.mark.usefixtures("utc")
@pytest.mark.parametrize(
    ("error", "text"),
    [
        ({}, "You've hit your usage limit. Try again later."),
        ({"resets_at": SAME_DAY}, "You've hit your usage limit. Try again at 7:06 AM."),
        ({"resets_at": MUCH_LATER}, "You've hit your usage limit. Try again at Oct 2nd, 2096 7:06 PM."),
        ({"resets_at": 10**30}, "You've hit your usage limit. Try again later."),
        (
            {"plan_type": "plus", "resets_at": SAME_DAY},
            (
                "You've hit your usage limit. Upgrade to Pro (https://chatgpt.com/explore/pro), visit "
                "https://chatgpt.com/codex/settings/usage to purchase more credits or try again at 7:06 AM."
            ),
        ),
        (
            {"plan_type": "team"},
            (
                "You've hit your usage limit. To get more access now, send a request to your admin "
                "or try again later."
            ),
        ),
        (
            {"plan_type": "free"},
            (
                "You've hit your usage limit. Upgrade to Plus to continue using Codex "
                "(https://chatgpt.com/explore/plus), or try again later."
            ),
        ),
        (
            {"plan_type": "pro"},
            (
                "You've hit your usage limit. Visit https://chatgpt.com/codex/settings/usage to purchase "
                "more credits or try again later."
            ),
        ),
        ({"plan_type": "enterprise"}, "You've hit your usage limit. Try again later."),
    ],
)
def test_a_used_up_allowance_says_what_can_be_done(error: dict[str, JsonValue], text: str) -> None:
    found = _limit(error)

    assert (str(found), found.info, found.retryable) == (text, "usageLimitExceeded", False)


def test_the_limit_that_was_hit_is_named_and_told() -> None:
    headers = {
        "x-codex-active-limit": "codex_other",
        "x-codex-other-limit-name": "gpt-x",
        "x-codex-other-primary-used-percent": "100",
        "x-codex-promo-message": "never shown here",
    }

    found = _limit({"plan_type": "plus"}, headers)

    assert str(found) == (
        "You've hit your usage limit for gpt-x. Switch to another model now, or try again later."
    )
    assert found.rate_limits is not None
    assert found.rate_limits.limit_id == "codex_other"


def test_a_promotion_goes_before_the_plans_advice() -> None:
    found = _limit({"plan_type": "plus"}, {"x-codex-promo-message": "Half price today"})

    assert str(found) == "You've hit your usage limit. Half price today, or try again later."


def test_an_error_without_an_address_names_none() -> None:
    assert status_error(403, {}, b'{"error": {"message": "no"}}', None).message == (
        "unexpected status 403 Forbidden: no"
    )


def test_what_the_network_before_a_provider_refuses_says_who_refused_it() -> None:
    error = status_error(403, {"cf-ray": "ray"}, b"<html>Cloudflare: you are blocked</html>", URL)

    assert error.message == (
        "Cloudflare refused this request on its way; a VPN or a proxy may be the cause "
        f"(status 403 Forbidden), url: {URL}, cf-ray: ray"
    )
