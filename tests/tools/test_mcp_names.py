"""MCP servers get names that the Responses API takes and that no two of them share (tools.md §8)."""

from hypothesis import given
from hypothesis import strategies as st
from support.signature import names

from app_server.tools.context import McpServer, McpTool
from app_server.tools.specs.mcp import named_tools, namespace_specs


def server(name: str, *tools: str, instructions: str | None = None) -> McpServer:
    return McpServer(name, instructions, tuple(McpTool(tool, "d", {}) for tool in tools))


def called(*servers: McpServer) -> list[tuple[str, str]]:
    return [(one.namespace, one.name) for one in named_tools(servers)]


def test_what_the_api_does_not_take_becomes_an_underscore() -> None:
    assert called(server("tiny-srv", "weird.name-x/y")) == [("mcp__tiny_srv__", "weird_name_x_y")]


def test_namespaces_and_their_tools_are_sorted() -> None:
    specs = namespace_specs(named_tools([server("b", "z", "y"), server("a", "x", instructions="About a.")]))

    assert names(specs) == ["mcp__a__", "mcp__b__"]
    assert [spec["description"] for spec in specs] == ["About a.", "Tools in the mcp__b__ namespace."]
    tools = specs[1]["tools"]
    assert isinstance(tools, list)
    assert [tool["name"] for tool in tools if isinstance(tool, dict)] == ["y", "z"]


def test_names_that_look_the_same_are_told_apart() -> None:
    servers, tools = called(server("a-b", "x"), server("a.b", "x")), called(server("a", "x-y", "x.y"))

    assert len(set(servers)) == 2
    assert all(namespace.startswith("mcp__a_b_") and namespace.endswith("__") for namespace, _ in servers)
    assert len(set(tools)) == 2
    assert all(name.startswith("x_y_") for _, name in tools)


def test_a_long_name_is_cut_to_what_fits() -> None:
    ((namespace, name),) = called(server("srv", "t" * 80))

    assert len(namespace + name) == 64
    assert name.startswith("tttt")


_NAMES = st.text("ab-._/é", min_size=1, max_size=70)


@given(
    st.lists(
        st.tuples(_NAMES, st.lists(_NAMES, max_size=4, unique=True)), max_size=4, unique_by=lambda s: s[0]
    )
)
def test_every_tool_has_a_name_of_its_own(servers: list[tuple[str, list[str]]]) -> None:
    found = called(*(server(name, *tools) for name, tools in servers))

    assert len(set(found)) == sum(len(tools) for _, tools in servers)
    assert all(word.isascii() and word.replace("_", "a").isalnum() for pair in found for word in pair)
