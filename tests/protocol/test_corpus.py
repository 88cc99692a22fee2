"""A corpus for every method, made from the checked-in schema: what it allows is taken, a fault is refused."""

from functools import cache

import jsonschema_rs
import orjson
import pytest
from support.malformed import Maker
from support.schema import OURS

from protocol.decode import DecodeError, decode_params
from protocol.methods import CLIENT_REQUESTS
from protocol.wire import JsonValue

EACH = 25
BEYOND = (
    "AbsolutePathBuf deserialized without a base path",
    "invalid value: integer `",  # the schemas give the width of an integer as its format alone
    "reasoning_effort must not be empty",
    "data did not match any variant of untagged enum ImageReference",
    "data did not match any variant of untagged enum AudioReference",
)
"""Rules that a schema does not tell."""


@cache
def maker() -> Maker:
    return Maker(OURS, seed=11)


@cache
def validators() -> dict[str, jsonschema_rs.Draft7Validator]:
    schema = orjson.loads((OURS / "ClientRequest.json").read_bytes())
    return {
        branch["properties"]["method"]["enum"][0]: jsonschema_rs.Draft7Validator(
            {**branch["properties"]["params"], "definitions": schema["definitions"]}
        )
        for branch in schema["oneOf"]
    }


def refusal(method: str, params: JsonValue) -> str | None:
    try:
        decode_params(CLIENT_REQUESTS[method], params_present=True, params=params)
    except DecodeError as error:
        return str(error)
    return None


@pytest.mark.parametrize("method", maker().methods())
def test_what_the_schema_allows_is_taken_and_the_rest_is_refused(method: str) -> None:
    refused = filter(None, (refusal(method, params) for params in maker().allowed(method, EACH)))
    assert [text for text in refused if not text.startswith(BEYOND)] == []

    for request in maker().requests(method, EACH):
        text = refusal(method, request.params)
        if validators()[method].is_valid(request.params):
            assert text is None or text.startswith(BEYOND), request
        else:
            passed_on = ".history[0]." in request.fault  # an item of the provider
            assert text is not None or passed_on, request
