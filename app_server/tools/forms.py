"""The forms in which tools are described to a model (tools.md §1.1), and the bit of JSON Schema for it.

Names of parameters are emitted in alphabetical order, and built-in tools take no others.
"""

from collections.abc import Sequence

from protocol.wire import JsonObject


def function(name: str, description: str, parameters: JsonObject) -> JsonObject:
    """A tool that takes JSON arguments."""
    return {
        "type": "function",
        "name": name,
        "description": description,
        "strict": False,
        "parameters": parameters,
    }


def custom(name: str, description: str, grammar: str) -> JsonObject:
    """A tool that takes text in the language of a Lark grammar."""
    return {
        "type": "custom",
        "name": name,
        "description": description,
        "format": {"type": "grammar", "syntax": "lark", "definition": grammar},
    }


def namespace(name: str, description: str, tools: Sequence[JsonObject]) -> JsonObject:
    """Functions under one name."""
    return {"type": "namespace", "name": name, "description": description, "tools": list(tools)}


def default_namespace_description(name: str) -> str:
    """What is said of a namespace that does not describe itself."""
    return f"Tools in the {name} namespace."


def parameters(required: Sequence[str] = (), /, **properties: JsonObject) -> JsonObject:
    """The arguments of a function; `required` is left out when there is none."""
    schema: JsonObject = {"type": "object", "properties": dict(sorted(properties.items()))}
    if required:
        schema["required"] = list(required)
    schema["additionalProperties"] = False
    return schema


def text(description: str = "") -> JsonObject:
    return _described("string", description)


def number(description: str = "") -> JsonObject:
    return _described("number", description)


def integer(description: str = "") -> JsonObject:
    return _described("integer", description)


def boolean(description: str = "") -> JsonObject:
    return _described("boolean", description)


def array(items: JsonObject, description: str = "") -> JsonObject:
    return {**_described("array", description), "items": items}


def _described(kind: str, description: str) -> JsonObject:
    return {"type": kind, "description": description} if description else {"type": kind}
