"""A client of either version of the reference decodes whatever our types can say (`protocol.vocabulary`)."""

from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.schema import Schemas
from support.wire_values import values

from protocol.export.layout import name_of
from protocol.methods import CLIENT_REQUESTS, SERVER_NOTIFICATIONS, SERVER_REQUESTS
from protocol.table.row import NEW, OLD, resolve
from protocol.vocabulary import Version, Vocabulary

pytestmark = pytest.mark.peers

PASSED_ON = {
    "RawResponseItemCompletedNotification",  # items of the provider, as they came
    "McpServerElicitationRequestParams",  # forms go to clients that named the capability
    "LoginAccountResponse",  # of the kind that the client asked for
    "ThreadIncrementElicitationResponse",  # a count, never below zero
    "ThreadDecrementElicitationResponse",
}
TOLD = sorted(
    reference
    for reference in {
        *(row.result for row in CLIENT_REQUESTS.values() if row.since is None and not row.hidden),
        *(row.params for row in SERVER_NOTIFICATIONS.values() if row.since is None),
        *(row.params for row in SERVER_REQUESTS.values()),
    }
    if name_of(reference) not in PASSED_ON
)


@pytest.mark.parametrize("version", [OLD, NEW, None])
@pytest.mark.parametrize("reference", TOLD)
@settings(
    max_examples=5,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_what_we_tell_is_of_the_schema_of_the_client(
    both_schemas: tuple[Schemas, ...], reference: str, version: Version, data: Any
) -> None:
    made = data.draw(values(resolve(reference)))

    told = Vocabulary(version).tell(made)

    for schemas in both_schemas:
        validator = schemas.type(name_of(reference))
        if told is not None and validator is not None and version in (None, schemas.version):
            sent = orjson.loads(told.to_bytes())
            assert [str(error) for error in validator.iter_errors(sent)] == []
