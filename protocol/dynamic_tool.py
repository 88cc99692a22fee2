"""Tools that a client brings along and runs itself."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from protocol.wire import JsonValue, WireModel


class FunctionDynamicToolNamespaceTool(WireModel):
    """A function of a namespace."""

    type: Literal["function"] = "function"
    name: str
    description: str
    input_schema: JsonValue
    """JSON Schema of the arguments."""
    defer_loading: bool = False
    """True: the model must look for it before it can call it."""


DynamicToolNamespaceTool = FunctionDynamicToolNamespaceTool
"""A tool of a namespace."""


class FunctionDynamicToolSpec(WireModel):
    """A function by itself."""

    type: Literal["function"] = "function"
    name: str
    description: str
    input_schema: JsonValue
    """JSON Schema of the arguments."""
    defer_loading: bool = False
    """True: the model must look for it before it can call it."""
    namespace: str | None = None
    """The form of 0.131, which has no tools of the type `namespace`."""


class NamespaceDynamicToolSpec(WireModel):
    """Several functions under one name."""

    type: Literal["namespace"] = "namespace"
    name: str
    description: str
    tools: list[DynamicToolNamespaceTool]


def _function_unless_said(value: JsonValue) -> JsonValue:
    """Clients of 0.131 send no `type`: all they have are functions."""
    return {"type": "function", **value} if isinstance(value, dict) else value


DynamicToolSpec = Annotated[
    FunctionDynamicToolSpec | NamespaceDynamicToolSpec,
    Field(discriminator="type"),
    BeforeValidator(_function_unless_said),
]
"""What a client brings along."""
