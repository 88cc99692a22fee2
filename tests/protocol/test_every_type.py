"""For every type of the table: what we can make, its schema allows, and reading it back gives the same."""

from functools import cache
from typing import Any

import jsonschema_rs
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.wire_values import values

from protocol.decode import decode_type
from protocol.export.json_schema import json_schema_files
from protocol.export.layout import folder_of, name_of
from protocol.methods import CLIENT_REQUESTS, SERVER_NOTIFICATIONS, SERVER_REQUESTS
from protocol.table.row import resolve

REFERENCES = sorted(
    {
        reference
        for row in [*CLIENT_REQUESTS.values(), *SERVER_REQUESTS.values()]
        if row.name
        not in {"getConversationSummary", "gitDiffToRemote", "getAuthStatus", "debug/buildPromptInput"}
        for reference in (row.params, row.result)
        if reference
    }
    | {row.params for row in SERVER_NOTIFICATIONS.values()}
    - {"item_progress:RawResponseItemCompletedNotification"}
)
"""All but those that carry items of the provider, which pass through unseen."""


@cache
def schemas() -> dict[str, Any]:
    return {name: orjson.loads(text) for name, text in json_schema_files(experimental=True).items()}


@pytest.mark.parametrize("reference", REFERENCES)
@settings(
    max_examples=2,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_what_we_make_is_allowed_by_its_schema_and_read_back_the_same(reference: str, data: Any) -> None:
    kind, name = resolve(reference), name_of(reference)
    schema = jsonschema_rs.Draft7Validator(schemas()[f"{folder_of(name)}/{name}.json".lstrip("/")])
    made = data.draw(values(kind))

    sent = orjson.loads(made.to_bytes())

    assert sent == made.to_wire()
    schema.validate(sent)
    assert decode_type(kind, sent).to_wire() == sent
