"""A tool's parameters in one line, so that a test can state what a model is told without the sentences.

`cmd*` is required, other names are optional; strings have no type, anything else says it: `tty:boolean`,
`prefix_rule:[]` a list of strings, `plan:[{step* status*}]*` a required list of objects.
"""

from collections.abc import Iterable

from pydantic import JsonValue

JsonObject = dict[str, JsonValue]


def signature(spec: JsonObject) -> str:
    """`name(parameters)` of a function; name or type alone of any other tool."""
    name = str(spec.get("name") or spec["type"])
    schema = spec.get("parameters")
    if not isinstance(schema, dict):
        return name
    assert spec.get("strict", False) is False
    return f"{name}({_members(schema)})"


def signatures(specs: Iterable[JsonObject]) -> list[str]:
    return [signature(spec) for spec in specs]


def names(specs: Iterable[JsonObject]) -> list[str]:
    return [str(spec.get("name") or spec["type"]) for spec in specs]


def _members(schema: JsonObject) -> str:
    properties, required = schema["properties"], schema.get("required", [])
    assert isinstance(properties, dict)
    assert isinstance(required, list)
    assert schema.get("additionalProperties") in (False, None)
    assert list(properties) == sorted(properties)
    assert set(map(str, required)) <= set(properties)
    members = ((name, _type(kind), name in required) for name, kind in properties.items())
    return " ".join(f"{name}{kind}{'*' if needed else ''}" for name, kind, needed in members)


def _type(schema: JsonValue) -> str:
    assert isinstance(schema, dict)
    match schema["type"]:
        case "string":
            return ""
        case "array":
            return f":[{_type(schema['items']).removeprefix(':')}]"
        case "object":
            return f":{{{_members(schema)}}}"
        case kind:
            return f":{kind}"
