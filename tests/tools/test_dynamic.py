"""The tools that clients bring along: which are refused, how they are described and recorded (§7 J)."""

import pytest

from app_server.tools.dynamic import (
    DynamicTool,
    DynamicToolError,
    check_dynamic_tools,
    dynamic_specs,
    recorded_tools,
)
from protocol.wire import JsonObject, JsonValue

NO_SCHEMA = "dynamic tool input schema is not supported for n: "
OBJECT: JsonObject = {"type": "object", "properties": {}}


def tool(
    name: str = "n", namespace: str | None = None, *, deferred: bool = False, schema: JsonValue = OBJECT
) -> DynamicTool:
    return DynamicTool(name, "d", schema, namespace, deferred)


@pytest.mark.parametrize(
    ("tools", "reason"),
    [
        ([tool("")], "dynamic tool name must not be empty"),
        ([tool("  ")], "dynamic tool name must not be empty"),
        ([tool(" a")], "dynamic tool name has leading/trailing whitespace:  a"),
        ([tool("a b")], "dynamic tool name must match ^[a-zA-Z0-9_-]+$ to match Responses API: a b"),
        ([tool("é")], r"dynamic tool name must match ^[a-zA-Z0-9_-]+$ to match Responses API: \u{e9}"),
        (
            [tool("x" * 129)],
            "dynamic tool name must be at most 128 characters to match Responses API: " + "x" * 129,
        ),
        ([tool("mcp")], "dynamic tool name is reserved: mcp"),
        ([tool("mcp__x")], "dynamic tool name is reserved: mcp__x"),
        ([tool(namespace="")], "dynamic tool namespace must not be empty for n"),
        ([tool(namespace=" a")], "dynamic tool namespace has leading/trailing whitespace for n: a"),
        (
            [tool(namespace="a b")],
            "dynamic tool namespace must match ^[a-zA-Z0-9_-]+$ to match Responses API: a b",
        ),
        (
            [tool(namespace="x" * 65)],
            "dynamic tool namespace must be at most 64 characters to match Responses API: " + "x" * 65,
        ),
        ([tool(namespace="mcp__a")], "dynamic tool namespace is reserved for n: mcp__a"),
        (
            [tool(namespace="web")],
            "dynamic tool namespace collides with a reserved Responses API namespace for n: web",
        ),
        ([tool(), tool()], "duplicate dynamic tool name: n"),
        ([tool(namespace="q"), tool(namespace="q")], "duplicate dynamic tool name in namespace q: n"),
        ([tool(deferred=True)], "deferred dynamic tool must include a namespace: n"),
        (
            [tool(schema={"type": "null"})],
            f"{NO_SCHEMA}tool input schema must not be a singleton null type",
        ),
        ([tool("mcp", namespace="")], "dynamic tool name is reserved: mcp"),
        ([tool(schema=5)], f"{NO_SCHEMA}invalid type: integer `5`, expected struct JsonSchema"),
    ],
)
def test_a_tool_that_no_model_could_be_offered_is_refused(tools: list[DynamicTool], reason: str) -> None:
    with pytest.raises(DynamicToolError) as refused:
        check_dynamic_tools(tools)

    assert str(refused.value) == reason


def test_the_same_name_may_stand_in_several_namespaces() -> None:
    check_dynamic_tools([tool(), tool(namespace="a"), tool(namespace="b"), tool("x" * 128), tool("mcpx")])


def test_a_namespace_stands_sorted_where_its_first_tool_did() -> None:
    listed = [tool("a"), tool("d", "ns"), tool("c"), tool("b", "ns"), tool("e", "ns", deferred=True)]

    specs = dynamic_specs(listed)

    assert specs == [
        {"type": "function", "name": "a", "description": "d", "strict": False, "parameters": OBJECT},
        {
            "type": "namespace",
            "name": "ns",
            "description": "Tools in the ns namespace.",
            "tools": [
                {"type": "function", "name": name, "description": "d", "strict": False, "parameters": OBJECT}
                for name in ("b", "d")
            ],
        },
        {"type": "function", "name": "c", "description": "d", "strict": False, "parameters": OBJECT},
    ]


def test_a_namespace_may_describe_itself() -> None:
    (spec,) = dynamic_specs([DynamicTool("a", "d", OBJECT, "ns", namespace_description="Mail and more.")])

    assert spec["description"] == "Mail and more."


def test_a_recorded_tool_comes_back_as_it_was() -> None:
    tools = (
        tool("a"),
        tool("b", "ns", deferred=True, schema={"title": "kept", "type": "object"}),
        DynamicTool("c", "d", OBJECT, "ns", namespace_description="About ns."),
    )

    assert recorded_tools([one.to_record() for one in tools]) == tools


def test_the_newer_references_records_are_read_too() -> None:
    records: list[JsonObject] = [
        {"type": "function", "name": "a", "description": "d", "inputSchema": OBJECT},
        {
            "type": "namespace",
            "name": "ns",
            "description": "About ns.",
            "tools": [
                {
                    "type": "function",
                    "name": "b",
                    "description": "d",
                    "inputSchema": OBJECT,
                    "deferLoading": True,
                }
            ],
        },
    ]

    assert recorded_tools(records) == (tool("a"), DynamicTool("b", "d", OBJECT, "ns", True, "About ns."))


def test_a_damaged_record_costs_its_tool_only() -> None:
    records: list[JsonObject] = [
        {"name": "a"},
        {"type": "namespace", "name": "ns", "tools": 5},
        {"name": "b", "description": "d", "inputSchema": {"type": "null"}},
        {"name": "c", "description": "d", "inputSchema": OBJECT},
    ]

    assert recorded_tools(records) == (tool("c"),)
