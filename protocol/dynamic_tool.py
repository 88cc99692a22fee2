"""dynamic_tool"""

from typing import Annotated, Literal

from protocol.wire import JsonValue, WireModel, by_tag


class FunctionDynamicToolNamespaceTool(WireModel):
    """FunctionDynamicToolNamespaceTool."""

    type: Literal["function"] = "function"
    name: str
    description: str
    input_schema: JsonValue
    defer_loading: bool = False


DynamicToolNamespaceTool = FunctionDynamicToolNamespaceTool


class FunctionDynamicToolSpec(WireModel):
    """FunctionDynamicToolSpec."""

    type: Literal["function"] = "function"
    name: str
    description: str
    input_schema: JsonValue
    defer_loading: bool = False


class NamespaceDynamicToolSpec(WireModel):
    """NamespaceDynamicToolSpec."""

    type: Literal["namespace"] = "namespace"
    name: str
    description: str
    tools: list[DynamicToolNamespaceTool]


DynamicToolSpec = Annotated[
    FunctionDynamicToolSpec | NamespaceDynamicToolSpec,
    by_tag("type"),
]
