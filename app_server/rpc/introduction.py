"""What a client says of itself in `initialize`, and what it is answered.

Imports nothing heavy: a plainly well-formed `initialize` that is there when the process starts is answered
from plain JSON values, while the server is still being loaded. Whatever is not plain goes the full way.
"""

import sys
from json import dumps, loads

from app_server.rpc.user_agent import Identity, is_header_value

_LONGEST = 64 * 1024
_I64 = 1 << 63


class Introduction:
    """One client's name and capabilities (connection.md §2.1). Set once, at `initialize`."""

    __slots__ = (
        "capabilities",
        "experimental_api",
        "name",
        "openai_form_elicitation",
        "opted_out",
        "request_attestation",
        "required_human_approval",
        "title",
        "version",
    )

    def __init__(
        self,
        name: str,
        version: str,
        *,
        title: str | None = None,
        capabilities: frozenset[str] = frozenset(),
        experimental_api: bool = False,
        request_attestation: bool = False,
        opted_out: frozenset[str] = frozenset(),
        openai_form_elicitation: bool = False,
        required_human_approval: bool = False,
    ) -> None:
        self.name = name
        self.version = version
        self.title = title
        self.capabilities = capabilities
        """Those of the wire that it named, whatever it said of them."""
        self.experimental_api = experimental_api
        self.request_attestation = request_attestation
        self.opted_out = opted_out
        self.openai_form_elicitation = openai_form_elicitation
        self.required_human_approval = required_human_approval


def answer_of_initialize(identity: Identity, codex_home: str) -> dict[str, str]:
    """The result of `initialize` (connection.md §2.2)."""
    windows = sys.platform == "win32"
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
    return {
        "userAgent": identity.user_agent,
        "codexHome": codex_home,
        "platformFamily": "windows" if windows else "unix",
        "platformOs": system,
    }


def greet(line: bytes, identity: Identity, codex_home: str) -> tuple[Introduction, bytes] | None:
    """The client and the answer, if the line is a plain `initialize`; else None, for the server."""
    message = _plain_object(line)
    if message is None or message.get("method") != "initialize":
        return None
    request_id, params = message.get("id"), message.get("params")
    usual_id = isinstance(request_id, str) or (type(request_id) is int and -_I64 <= request_id < _I64)
    if not usual_id or not message.keys() <= {"id", "method", "params", "jsonrpc"}:
        return None
    client = _introduction(params)
    if client is None:
        return None
    identity.introduce(client.name, client.version)
    answer = {"id": request_id, "result": answer_of_initialize(identity, codex_home)}
    return client, dumps(answer, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain_object(line: bytes) -> dict[str, object] | None:
    # An escape, a doubled key or a line separator is where this way could differ from the full one.
    if len(line) > _LONGEST or b"\\u" in line or b"\xe2\x80" in line:
        return None
    if any(line.count(key) > 1 for key in (b'"id"', b'"method"', b'"params"')):
        return None
    try:
        message: object = loads(line.decode(), parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return _object(message)


def _refuse(_: str) -> object:
    raise ValueError


def _object(value: object) -> dict[str, object] | None:
    return value if isinstance(value, dict) else None  # pyright: ignore[reportUnknownVariableType]  # JSON keys


def _introduction(params: object) -> Introduction | None:
    fields = _object(params)
    info = _object(fields.get("clientInfo")) if fields else None
    if fields is None or info is None:
        return None
    name, version, title = info.get("name"), info.get("version"), info.get("title")
    if not isinstance(name, str) or not isinstance(version, str) or not isinstance(title, str | None):
        return None
    capabilities = fields.get("capabilities")
    wishes: dict[str, object] | None = {} if capabilities is None else _object(capabilities)
    if wishes is None or not is_header_value(name):
        return None
    flags = {key: wishes.get(key, False) for key in _FLAGS}
    opted_out = wishes.get("optOutNotificationMethods")
    names: list[object] = opted_out if isinstance(opted_out, list) else []  # pyright: ignore[reportUnknownVariableType]  # JSON list
    strange = (
        any(not isinstance(flag, bool) for flag in flags.values())
        or not isinstance(opted_out, list | None)
        or any(not isinstance(method, str) for method in names)
        or wishes.get("extensions") is not None
    )
    if strange:
        return None
    return Introduction(
        name,
        version,
        title=title,
        capabilities=frozenset(wishes) & _CAPABILITIES,
        opted_out=frozenset(str(method) for method in names),
        experimental_api=flags["experimentalApi"] is True,
        request_attestation=flags["requestAttestation"] is True,
        openai_form_elicitation=flags["mcpServerOpenaiFormElicitation"] is True,
        required_human_approval=flags["requiredHumanApproval"] is True,
    )


_FLAGS = (
    "experimentalApi",
    "requestAttestation",
    "mcpServerOpenaiFormElicitation",
    "requiredHumanApproval",
    "explicitGatewayOauth",
)
_CAPABILITIES = frozenset({*_FLAGS, "optOutNotificationMethods", "extensions"})
