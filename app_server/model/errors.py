"""How asking a model fails: one exception, and a constructor for every cause (model-client.md §4).

The texts and the `codexErrorInfo` values are part of the wire. What an HTTP status means is in `http_errors`.
"""

from collections.abc import Callable, Mapping
from typing import Final

from app_server.model.rate_limits import RateLimits
from protocol.wire import JsonObject, JsonValue

DISCONNECTED: Final = "stream disconnected before completion: "


class ModelError(Exception):
    """A request to a model failed.

    `info` is the wire's `codexErrorInfo`. `retryable` says whether the turn should ask again, after `delay`
    seconds if given and after its own back-off otherwise. `rate_limits`, if any, are news for the client that
    come before the error.
    """

    def __init__(
        self,
        message: str,
        info: str | JsonObject = "other",
        *,
        retryable: bool = False,
        http_status: int | None = None,
        delay: float | None = None,
        rate_limits: RateLimits | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.info = info
        self.retryable = retryable
        self.http_status = http_status
        self.delay = delay
        self.rate_limits = rate_limits

    @property
    def retry_info(self) -> JsonObject:
        """The `codexErrorInfo` of the notice that the turn tries again."""
        return {"responseStreamDisconnected": {"httpStatusCode": self.http_status}}

    @property
    def context_window_exceeded(self) -> bool:
        """The model's window is full: the thread's usage is to be set to all of it."""
        return self.info == "contextWindowExceeded"


def disconnected(detail: str, *, delay: float | None = None) -> ModelError:
    """The stream broke or made no sense; asking again may help."""
    return ModelError(DISCONNECTED + detail, retryable=True, delay=delay)


def closed_early() -> ModelError:
    return disconnected("stream closed before response.completed")


def idle_timeout() -> ModelError:
    return disconnected("idle timeout waiting for SSE")


def socket_idle() -> ModelError:
    return disconnected("idle timeout waiting for websocket")


def socket_closed() -> ModelError:
    return disconnected("websocket closed by server before response.completed")


def socket_timeout() -> ModelError:
    """No answer to a handshake in time. The odd text is the wire's."""
    return ModelError("timeout waiting for child process to exit", retryable=True)


def unreachable(url: str) -> ModelError:
    """No answer at all: refused, reset, or gone before the first byte."""
    return disconnected(f"error sending request for url ({url})")


def broken_body() -> ModelError:
    """The connection ended in the middle of an answer that had announced more."""
    return disconnected("Transport error: network error: error decoding response body")


def broken_answer() -> ModelError:
    """The same of an answer that is no stream."""
    return disconnected("error decoding response body")


def incomplete(reason: str | None) -> ModelError:
    return disconnected(f"Incomplete response returned, reason: {reason or 'unknown'}")


def fatal(detail: str) -> ModelError:
    """Asking again is of no use; the setting has to be changed."""
    return ModelError(f"Fatal error: {detail}")


def broken_token() -> ModelError:
    """A token that was given to a program in place of a login is none."""
    return ModelError(
        "The access token for this server is neither an agent identity nor a personal access token.",
        "unauthorized",
    )


def missing_key(variable: str, instructions: str | None) -> ModelError:
    """The provider's key is to come from an environment variable that is unset or blank."""
    hint = f" {instructions}" if instructions else ""
    return ModelError(f"Missing environment variable: `{variable}`.{hint}")


def overloaded() -> ModelError:
    return ModelError("Selected model is at capacity. Please try a different model.", "serverOverloaded")


def not_included() -> ModelError:
    return ModelError(
        "To use Codex with your ChatGPT plan, upgrade to Plus: https://chatgpt.com/explore/plus.",
        "usageLimitExceeded",
    )


def flagged(message: str | None) -> ModelError:
    blank = message is None or not message.strip()
    text = "This request has been flagged for possible cybersecurity risk." if blank else message
    return ModelError(text or "", "cyberPolicy")


def failed(error: JsonValue) -> ModelError:
    """What the `error` object of a `response.failed` event means."""
    if not isinstance(error, dict):
        return disconnected("response.failed event received")
    code, message = error.get("code"), error.get("message")
    text = message if isinstance(message, str) else None
    known = _FAILURES.get(code) if isinstance(code, str) else None
    return disconnected(text or "") if known is None else known(text)


def _context_full(_message: str | None) -> ModelError:
    return ModelError(
        "Codex ran out of room in the model's context window. "
        "Start a new thread or clear earlier history before retrying.",
        "contextWindowExceeded",
    )


def _quota(_message: str | None) -> ModelError:
    return ModelError("Quota exceeded. Check your plan and billing details.", "usageLimitExceeded")


def _invalid_prompt(message: str | None) -> ModelError:
    return ModelError("Invalid request." if message is None else message)


def _rate_limited(message: str | None) -> ModelError:
    return disconnected(message or "", delay=announced_delay(message or ""))


_FAILURES: Final[Mapping[str, Callable[[str | None], ModelError]]] = {
    "context_length_exceeded": _context_full,
    "insufficient_quota": _quota,
    "usage_not_included": lambda _message: not_included(),
    "invalid_prompt": _invalid_prompt,
    "server_is_overloaded": lambda _message: overloaded(),
    "slow_down": lambda _message: overloaded(),
    "cyber_policy": flagged,
    "rate_limit_exceeded": _rate_limited,
}


def announced_delay(message: str) -> float | None:
    """Seconds until a retry makes sense, out of a sentence like `Please try again in 1.5s.`"""
    import re  # only a rate limit needs it

    found = re.search(r"(?i)try again in\s*(\d+(?:\.\d+)?)\s*(s|ms|seconds?)", message)
    if found is None:
        return None
    value = float(found[1])
    return int(value) / 1000 if found[2].lower() == "ms" else value
