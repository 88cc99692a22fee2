"""The messages themselves as schemas: envelopes, and the unions of all requests and notifications."""

from typing import Any, cast

from protocol.export.layout import is_root, name_of, requests
from protocol.methods import SERVER_NOTIFICATIONS, SERVER_REQUESTS

Schema = dict[str, Any]


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _object(text: str, properties: Schema, *required: str) -> Schema:
    described = {"description": text} if text else {}
    return {**described, "properties": properties, "required": sorted(required), "type": "object"}


ENVELOPES: dict[str, Schema] = {
    "JSONRPCError": _object(
        "The refusal of a request.",
        {"error": _ref("JSONRPCErrorError"), "id": _ref("RequestId")},
        "error",
        "id",
    ),
    "JSONRPCErrorError": _object(
        "",
        {"code": {"format": "int64", "type": "integer"}, "data": True, "message": {"type": "string"}},
        "code",
        "message",
    ),
    "JSONRPCMessage": {
        "anyOf": [
            _ref(name)
            for name in ("JSONRPCRequest", "JSONRPCNotification", "JSONRPCResponse", "JSONRPCError")
        ],
        "description": "Whatever one line carries. The member `jsonrpc` is neither sent nor needed.",
    },
    "JSONRPCNotification": _object(
        "A message that nobody answers.", {"method": {"type": "string"}, "params": True}, "method"
    ),
    "JSONRPCRequest": _object(
        "A message that wants an answer.",
        {
            "id": _ref("RequestId"),
            "method": {"type": "string"},
            "params": True,
            "trace": {"anyOf": [_ref("W3cTraceContext"), {"type": "null"}]},
        },
        "id",
        "method",
    ),
    "JSONRPCResponse": _object(
        "The answer to a request.", {"id": _ref("RequestId"), "result": True}, "id", "result"
    ),
    "W3cTraceContext": {
        "description": "Where the request belongs in a distributed trace.",
        "properties": {
            "traceparent": {"type": ["string", "null"]},
            "tracestate": {"type": ["string", "null"]},
        },
        "type": "object",
    },
}

CLIENT_NOTIFICATION: Schema = {
    "oneOf": [
        {
            "properties": {
                "method": {
                    "enum": ["initialized"],
                    "title": "InitializedNotificationMethod",
                    "type": "string",
                }
            },
            "required": ["method"],
            "title": "InitializedNotification",
            "type": "object",
        }
    ]
}


def _message(
    method: str, kind: str, params: Schema | None, *, with_id: bool, optional: bool = False
) -> Schema:
    title = method[0].upper() + method[1:] + kind
    properties: Schema = {"method": {"enum": [method], "title": f"{title}Method", "type": "string"}}
    required = ["method"]
    if with_id:
        properties["id"] = _ref("RequestId")
        required.append("id")
    if params is None:
        properties["params"] = {"type": "null"}
    elif optional:
        properties["params"] = {"anyOf": [params, {"type": "null"}]}
    else:
        properties["params"] = params
        required.append("params")
    return {"properties": properties, "required": sorted(required), "title": title, "type": "object"}


def client_request(*, experimental: bool) -> Schema:
    """Every request that a client may send."""
    return {
        "description": "A request of the client.",
        "oneOf": [
            _message(
                row.name,
                "Request",
                _ref(name_of(row.params)) if row.params else None,
                with_id=True,
                optional=row.optional,
            )
            for row in requests(experimental=experimental)
        ],
    }


def server_request() -> Schema:
    """Every request that the server may send."""
    return {
        "description": "A request of the server, which the client answers.",
        "oneOf": [
            _message(row.name, "Request", _ref(name_of(row.params)), with_id=True)
            for row in SERVER_REQUESTS.values()
        ],
    }


def server_notification() -> Schema:
    """Every notification that the server may send."""
    return {
        "description": "What the server tells its clients.",
        "oneOf": [
            _message(row.name, "Notification", _ref(name_of(row.params)), with_id=False)
            for row in SERVER_NOTIFICATIONS.values()
        ],
    }


def namespaced(schema: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """The same with the references of a bundle that keeps the newer types under `v2`."""
    if isinstance(schema, list):
        return [namespaced(part) for part in cast("list[Any]", schema)]
    if not isinstance(schema, dict):
        return schema
    parts = cast("Schema", schema).items()
    return {key: _namespaced_ref(part) if key == "$ref" else namespaced(part) for key, part in parts}


def _namespaced_ref(reference: str) -> str:
    name = reference.removeprefix("#/definitions/")
    root = name in ENVELOPES or is_root(name)
    return reference if root else f"#/definitions/v2/{name}"
