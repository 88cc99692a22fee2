"""Tools that a client brings along with its thread and runs itself (threads-and-turns.md §7 J)."""

import re
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Final, NamedTuple

from app_server.tools import forms
from app_server.tools.foreign_schema import SchemaError, reduced
from protocol.wire import JsonObject, JsonValue

_MAX_NAME: Final = 128
_MAX_NAMESPACE: Final = 64
_RESERVED_NAMESPACES: Final = frozenset(
    {
        *("api_tool", "browser", "computer", "container", "file_search", "functions", "image_gen"),
        *("multi_tool_use", "python", "python_user_visible", "submodel_delegator", "terminal"),
        *("tool_search", "web"),
    }
)


class DynamicToolError(ValueError):
    """A tool that no thread can be started with; the text is the one that the client sees."""


class DynamicTool(NamedTuple):
    """One tool, as the client described it."""

    name: str
    description: str
    input_schema: JsonValue
    namespace: str | None = None
    deferred: bool = False
    """Not described to the model before it has searched for it."""
    namespace_description: str = ""

    def to_record(self) -> JsonObject:
        """The entry of `dynamic_tools` in the first line of a rollout (persistence.md §2.3)."""
        record: JsonObject = {} if self.namespace is None else {"namespace": self.namespace}
        record |= {
            "name": self.name,
            "description": self.description,
            "inputSchema": self.input_schema,
            "deferLoading": self.deferred,
        }
        if self.namespace_description:
            record["namespaceDescription"] = self.namespace_description
        return record


def recorded_tools(records: Iterable[JsonObject]) -> tuple[DynamicTool, ...]:
    """The tools of a rollout's first line, in either reference's form; what is not whole is passed over."""
    found: list[DynamicTool] = []
    for record in records:
        if record.get("type") == "namespace":
            members = record.get("tools")
            for member in members if isinstance(members, list) else ():
                if isinstance(member, dict):
                    about = {
                        "namespace": record.get("name"),
                        "namespaceDescription": record.get("description"),
                    }
                    found += _recorded(member | about)
        else:
            found += _recorded(record)
    return tuple(found)


def _recorded(record: JsonObject) -> Sequence[DynamicTool]:
    name, description, namespace = record.get("name"), record.get("description"), record.get("namespace")
    if not isinstance(name, str) or not isinstance(description, str):
        return ()
    about = record.get("namespaceDescription")
    tool = DynamicTool(
        name,
        description,
        record.get("inputSchema"),
        namespace if isinstance(namespace, str) else None,
        record.get("deferLoading") is True,
        about if isinstance(about, str) else "",
    )
    try:
        reduced(tool.input_schema)
    except SchemaError:
        return ()
    return (tool,)


def check_dynamic_tools(tools: Iterable[DynamicTool]) -> None:
    """Raises DynamicToolError for the first tool that a model could not be offered."""
    seen: set[tuple[str | None, str]] = set()
    for tool in tools:
        _check_name(tool.name)
        if tool.namespace is not None:
            _check_namespace(tool.namespace, tool.name)
        if (tool.namespace, tool.name) in seen:
            where = "" if tool.namespace is None else f" in namespace {tool.namespace}"
            raise DynamicToolError(f"duplicate dynamic tool name{where}: {tool.name}")
        seen.add((tool.namespace, tool.name))
        if tool.deferred and tool.namespace is None:
            raise DynamicToolError(f"deferred dynamic tool must include a namespace: {tool.name}")
        try:
            reduced(tool.input_schema)
        except SchemaError as error:
            raise DynamicToolError(
                f"dynamic tool input schema is not supported for {tool.name}: {error}"
            ) from error


def _check_name(name: str) -> None:
    what = "dynamic tool name"
    if not name.strip():
        raise DynamicToolError(f"{what} must not be empty")
    if name.strip() != name:
        raise DynamicToolError(f"{what} has leading/trailing whitespace: {name}")
    _check_identifier(name, what, _MAX_NAME)
    if _is_of_mcp(name):
        raise DynamicToolError(f"{what} is reserved: {name}")


def _check_namespace(namespace: str, name: str) -> None:
    what, trimmed = "dynamic tool namespace", namespace.strip()
    if not trimmed:
        raise DynamicToolError(f"{what} must not be empty for {name}")
    if trimmed != namespace:
        raise DynamicToolError(f"{what} has leading/trailing whitespace for {name}: {trimmed}")
    _check_identifier(namespace, what, _MAX_NAMESPACE)
    if _is_of_mcp(namespace):
        raise DynamicToolError(f"{what} is reserved for {name}: {namespace}")
    if namespace in _RESERVED_NAMESPACES:
        raise DynamicToolError(
            f"{what} collides with a reserved Responses API namespace for {name}: {namespace}"
        )


def _check_identifier(word: str, what: str, longest: int) -> None:
    if re.fullmatch(r"[a-zA-Z0-9_-]+", word) is None:
        shown = "".join(
            one if one.isascii() and one.isprintable() else f"\\u{{{ord(one):x}}}" for one in word
        )
        raise DynamicToolError(f"{what} must match ^[a-zA-Z0-9_-]+$ to match Responses API: {shown}")
    if len(word) > longest:
        raise DynamicToolError(f"{what} must be at most {longest} characters to match Responses API: {word}")


def _is_of_mcp(word: str) -> bool:
    return word == "mcp" or word.startswith("mcp__")


def dynamic_specs(tools: Iterable[DynamicTool]) -> list[JsonObject]:
    """The tools that are described from the start: a namespace, sorted, stands where its first tool did."""
    shown = [tool for tool in tools if not tool.deferred]
    members: dict[str, list[DynamicTool]] = {}
    for tool in shown:
        if tool.namespace is not None:
            members.setdefault(tool.namespace, []).append(tool)
    specs: list[JsonObject] = []
    for tool in shown:
        if tool.namespace is None:
            specs.append(function_spec(tool))
        elif (listed := members.get(tool.namespace, ()))[:1] == [tool]:
            described: list[JsonValue] = [
                function_spec(one) for one in sorted(listed, key=attrgetter("name"))
            ]
            specs.append({**namespace_spec(tool), "tools": described})
    return specs


def function_spec(tool: DynamicTool) -> JsonObject:
    return forms.function(tool.name, tool.description, reduced(tool.input_schema))


def namespace_spec(tool: DynamicTool) -> JsonObject:
    """The namespace of this tool, without its tools."""
    name = tool.namespace or ""
    return forms.namespace(name, tool.namespace_description or forms.default_namespace_description(name), ())
