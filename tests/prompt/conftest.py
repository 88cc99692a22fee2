"""A turn's settings that tests change one at a time."""

from dataclasses import replace
from typing import Any, Protocol

import pytest

from app_server.config.permissions import SandboxPolicy
from app_server.model.catalog import lookup
from app_server.prompt.context import TurnContext
from app_server.prompt.environment import Environment
from app_server.prompt.instructions import base_instructions


class ContextFactory(Protocol):
    def __call__(self, **changes: Any) -> TurnContext: ...


@pytest.fixture
def make_context() -> ContextFactory:
    """Builds the context of a plain thread in /code/project, with the given fields changed."""
    model, _ = lookup("gpt-5.4")
    plain = TurnContext(
        turn_id="turn-1",
        cwd="/code/project",
        environments=(Environment("local", "/code/project", "bash"),),
        current_date="2026-05-04",
        timezone="Europe/Paris",
        approval_policy="on-request",
        sandbox=SandboxPolicy("read-only"),
        model=model,
        base_instructions=base_instructions(model, "pragmatic"),
        personality="pragmatic",
    )

    def make(**changes: Any) -> TurnContext:
        return replace(plain, **changes)

    return make
