"""Handlers and parameters that the tests of the connection layer share."""

import pytest
from support.gate import Gate

from app_server.handlers.base import Call, Handler
from protocol.feature import MockExperimentalMethodParams, MockExperimentalMethodResponse


@pytest.fixture
def gate() -> Gate:
    return Gate()


async def echo(call: Call, params: MockExperimentalMethodParams) -> MockExperimentalMethodResponse:
    return MockExperimentalMethodResponse(echoed=params.value)


@pytest.fixture
def echoing() -> dict[str, Handler]:
    """`mock/experimentalMethod`, as the reference has it."""
    return {"mock/experimentalMethod": echo}
