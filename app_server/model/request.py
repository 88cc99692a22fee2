"""The body of `POST {base}/responses` (model-client.md §1)."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from app_server.model.errors import ModelError
from app_server.model.lenient_json import dumps
from app_server.model.model_info import ModelInfo, ReasoningSummary, Verbosity
from protocol.wire import JsonObject, JsonValue

_ITEMS_WITHOUT_ID: Final = frozenset(
    {
        *("message", "reasoning", "function_call", "custom_tool_call", "local_shell_call"),
        *("tool_search_call", "web_search_call"),
    }
)


class ResponsesRequest(NamedTuple):
    """One question to a model. None leaves the choice to the catalogue's facts."""

    model: ModelInfo
    input: Sequence[JsonObject]
    instructions: str = ""
    tools: Sequence[JsonObject] = ()
    parallel_tool_calls: bool | None = None
    effort: str | None = None
    summary: ReasoningSummary | None = None
    verbosity: Verbosity | None = None
    output_schema: JsonValue = None
    strict_output: bool = True
    service_tier: str | None = None


def as_json(body: JsonObject) -> bytes:
    """A request's text. Raises ModelError for an input that no JSON can hold."""
    try:
        return dumps(body)
    except ValueError as error:
        raise ModelError(f"The request cannot be written as JSON: {error}") from None


def request_fields(
    request: ResponsesRequest, *, thread_id: str, installation_id: str, is_azure: bool = False
) -> JsonObject:
    """The members of a request. Azure stores responses and wants the ids of items (model-client.md §1.5)."""
    model = request.model
    reasoning = _reasoning(request)
    body: JsonObject = {"model": model.slug}
    if request.instructions:
        body["instructions"] = request.instructions
    body |= {
        "input": [_input_item(item, keep_id=is_azure) for item in request.input],
        "tools": list(request.tools),
        "tool_choice": "auto",
        "parallel_tool_calls": _parallel(request),
        "reasoning": reasoning,
        "store": is_azure,
        "stream": True,
        "include": [] if reasoning is None else ["reasoning.encrypted_content"],
    }
    if (tier := model.service_tier(request.service_tier)) is not None:
        body["service_tier"] = tier
    body["prompt_cache_key"] = thread_id
    if (text := _text_options(request)) is not None:
        body["text"] = text
    body["client_metadata"] = {"x-codex-installation-id": installation_id}
    return body


def compressed(body: bytes) -> bytes:
    """The body in zstd, level 3."""
    import sys  # and the codec: only a ChatGPT login at OpenAI needs it

    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd.compress(body, level=3)


def _parallel(request: ResponsesRequest) -> bool:
    wanted = request.parallel_tool_calls
    return request.model.parallel_tool_calls if wanted is None else wanted


def _reasoning(request: ResponsesRequest) -> JsonObject | None:
    model = request.model
    if not model.supports_reasoning_summaries:
        return None
    reasoning: JsonObject = {}
    if (effort := request.effort or model.default_effort) is not None:
        reasoning["effort"] = effort
    summary = request.summary or model.default_reasoning_summary
    if summary != "none":
        reasoning["summary"] = summary
    return reasoning


def _text_options(request: ResponsesRequest) -> JsonObject | None:
    model = request.model
    options: JsonObject = {}
    verbosity = (request.verbosity or model.default_verbosity) if model.supports_verbosity else None
    if verbosity is not None:
        options["verbosity"] = verbosity
    if request.output_schema is not None:
        options["format"] = {
            "type": "json_schema",
            "strict": request.strict_output,
            "schema": request.output_schema,
            "name": "codex_output_schema",
        }
    return options or None


def _input_item(item: JsonObject, *, keep_id: bool) -> JsonObject:
    if "id" not in item or item.get("type") not in _ITEMS_WITHOUT_ID or (keep_id and item["id"]):
        return item
    return {key: value for key, value in item.items() if key != "id"}
