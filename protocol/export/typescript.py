"""The wire as TypeScript, in the folders and files of the reference (connection.md §13)."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from protocol.export.catalogue import (
    Definition,
    Mapping,
    Member,
    Named,
    Scalar,
    Sequence,
    Type,
    Union,
    Words,
    catalogue,
    tag_of,
    tagged_members,
)
from protocol.export.layout import closure, method_types, name_of, references, requests, sent_by_clients
from protocol.methods import SERVER_NOTIFICATIONS, SERVER_REQUESTS

_HEADER = "// Generated from the types of the package `protocol`. Changes belong there.\n\n"
_ROOT_MODULES = {
    "approval_legacy",
    "call_output",
    "initialize",
    "jsonrpc",
    "legacy",
    "notes",
    "response_content",
    "response_item",
    "search",
}
_ROOT_NAMES = {
    "AgentPath",
    "AuthMode",
    "AutoCompactTokenLimitScope",
    "CodexResponseHandoffMode",
    "CollaborationMode",
    "ConversationTextRole",
    "ForcedLoginMethod",
    "ImageDetail",
    "ImageGenerationFailure",
    "ImageGenerationInputImage",
    "InputModality",
    "McpServerInfo",
    "MessagePhase",
    "ModeKind",
    "MultiAgentMode",
    "NetworkPolicyAmendment",
    "NetworkPolicyRuleAction",
    "PathUri",
    "Personality",
    "PlanType",
    "RealtimeConversationVersion",
    "RealtimeOutputModality",
    "RealtimeVoice",
    "RealtimeVoicesList",
    "ReasoningEffort",
    "ReasoningSummary",
    "Resource",
    "ResourceContent",
    "ResourceTemplate",
    "Settings",
    "SubAgentSource",
    "ThreadId",
    "ThreadMemoryMode",
    "Tool",
    "Verbosity",
    "WebSearchContextSize",
    "WebSearchLocation",
    "WebSearchMode",
    "WebSearchProvider",
    "WebSearchToolConfig",
}
_TOLD_AS = {"LegacySessionSource": "SessionSource", "ResponsesApiWebSearchAction": "WebSearchAction"}
"""Types outside of `v2` whose namesakes are in it, where we have one namespace."""
_BESIDE = {
    "ExecPolicyAmendment": "Array<string>",
    "GitSha": "string",
    "LocalShellExecAction": "LocalShellAction",
}
"""What clients of the reference import by a name that is none of ours."""
_ALSO_IN_V2 = ("ExecPolicyAmendment", "NetworkPolicyAmendment", "NetworkPolicyRuleAction")
_SCALARS = {"string": "string", "boolean": "boolean", "json": "JsonValue"}
_JSON = "null | boolean | number | string | Array<JsonValue> | { [key in string]?: JsonValue }"


def write_typescript(out: Path, experimental: bool) -> list[Path]:
    """Write the types into a folder, which is created; without `experimental` what is gated is left out.

    Returns the files. Raises OSError.
    """
    written: list[Path] = []
    for name, text in typescript_files(experimental=experimental).items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
        written.append(path)
    return written


def typescript_files(*, experimental: bool) -> dict[str, bytes]:
    """The files by their path in the folder, the same at every run."""
    writer = _Writer(experimental=experimental)
    kept = [
        name_of(found)
        for row in requests(experimental=experimental, hidden=True)
        for found in references(row)
    ]
    names = closure([*method_types(experimental=experimental), *kept, "RequestId"], experimental=experimental)
    texts = {_path(name): writer.file(name) for name in names}
    for name, choices in _messages(experimental=experimental).items():
        body = f"export type {name} =" + "".join(f"\n  | {choice}" for choice in choices) + ";"
        used = set(re.findall(r": (\w+)", body)) & set(names)
        texts[f"{name}.ts"] = _imports(f"{name}.ts", used, json=False) + body
    for name, meant in _BESIDE.items():
        texts[f"{name}.ts"] = f"{_imports('', {meant} & set(names), json=False)}export type {name} = {meant};"
    for name in _ALSO_IN_V2:
        texts[f"v2/{name}.ts"] = f'export type {{ {name} }} from "../{name}";'
    texts["v2/index.ts"] = _index(path for path in texts if path.startswith("v2/"))
    roots = _index(path for path in texts if "/" not in path)
    texts["index.ts"] = f'{roots}\nexport * as v2 from "./v2";'
    texts["serde_json/JsonValue.ts"] = f"export type JsonValue = {_JSON};"
    return {path: f"{_HEADER}{text}\n".encode() for path, text in sorted(texts.items())}


def _is_root(name: str) -> bool:
    return name in _ROOT_NAMES or catalogue()[name].module in _ROOT_MODULES


def _told(name: str) -> str:
    return _TOLD_AS.get(name, name)


def _path(name: str) -> str:
    return f"{_told(name)}.ts" if _is_root(name) else f"v2/{name}.ts"


def _index(paths: Iterable[str]) -> str:
    names = sorted(Path(path).stem for path in paths if not path.endswith("index.ts"))
    return "\n".join(f'export type {{ {name} }} from "./{name}";' for name in names)


def _imports(path: str, names: set[str], *, json: bool) -> str:
    nested = path.startswith("v2/")
    lines: list[str] = []
    for name in sorted(names):
        told = _told(name)
        if _is_root(name):
            lines.append(f'import type {{ {told} }} from "{".." if nested else "."}/{told}";')
        else:
            lines.append(f'import type {{ {told} }} from "{"." if nested else "./v2"}/{told}";')
    if json:
        lines.append(f'import type {{ JsonValue }} from "{".." if nested else "."}/serde_json/JsonValue";')
    return "\n".join(lines) + "\n\n" if lines else ""


def _messages(*, experimental: bool) -> dict[str, list[str]]:
    called = requests(experimental=experimental, hidden=True)
    asked, told = SERVER_REQUESTS.values(), SERVER_NOTIFICATIONS.values()
    return {
        "ClientNotification": ['{ "method": "initialized" }'],
        "ClientRequest": [
            _message(
                row.name, name_of(row.params) if row.params else None, optional=row.optional, with_id=True
            )
            for row in called
        ],
        "ServerNotification": [_message(row.name, name_of(row.params)) for row in told],
        "ServerRequest": [_message(row.name, name_of(row.params), with_id=True) for row in asked],
    }


def _message(method: str, params: str | None, *, optional: bool = False, with_id: bool = False) -> str:
    identified = " id: RequestId," if with_id else ""
    if params is None:
        given = "params?: undefined"
    else:
        given = f"params?: {params} | null" if optional else f"params: {params}"
    return f'{{ "method": "{method}",{identified} {given} }}'


@cache
def _only_from_clients(*, experimental: bool) -> frozenset[str]:
    """The types that never leave the server, so that clients may leave out what has a default."""
    sent, received = sent_by_clients(experimental=experimental)
    return frozenset(sent) - frozenset(received)


class _Writer:
    """Turns definitions into type declarations."""

    def __init__(self, *, experimental: bool) -> None:
        self._experimental = experimental
        self._used: set[str] = set()
        self._owner = ""

    def file(self, name: str) -> str:
        """A type with its imports."""
        self._used, self._owner = set(), name
        definition = catalogue()[name]
        body = f"{_comment(definition.text)}export type {_told(name)} ={self._body(definition)};"
        json = "JsonValue" in self._used
        return _imports(_path(name), self._used - {name, "JsonValue"}, json=json) + body

    def _body(self, definition: Definition) -> str:
        variants = tagged_members(definition)
        if variants:
            shown = (self._object(catalogue()[variant.name], depth=1) for variant in variants)
            return "".join(f"\n  | {choice}" for choice in shown)
        if definition.alias is None:
            return " " + self._object(definition, in_line=False)
        return self._lines(definition.alias)

    def _lines(self, alias: Type) -> str:
        """An alternative a line, where one line would be long."""
        members = alias.members if isinstance(alias, Union) else (alias,)
        words = [f'"{word}"' for member in members if isinstance(member, Words) for word in member.words]
        rest = [self._type(member) for member in members if not isinstance(member, Words)]
        choices = [*words, *rest]
        return (
            " " + " | ".join(choices)
            if sum(map(len, choices)) < 80
            else "".join(f"\n  | {c}" for c in choices)
        )

    def _object(self, definition: Definition, *, depth: int = 0, in_line: bool = True) -> str:
        members = [member for member in definition.members if self._experimental or not member.experimental]
        if not members:
            return "Record<string, never>"
        indent = "  " * (depth + 1)
        parts = [
            (_comment(member.text, indent), self._member(member, definition, depth)) for member in members
        ]
        in_line = in_line and not any(comment for comment, _ in parts)
        if in_line:
            made = "{ " + ", ".join(text for _, text in parts) + " }"
        else:
            made = "{\n" + "".join(f"{said}{indent}{text};\n" for said, text in parts) + f"{'  ' * depth}}}"
        return f"{made} & {{ [key in string]?: {self._json()} }}" if definition.unknown == "allow" else made

    def _member(self, member: Member, owner: Definition, depth: int) -> str:
        leaving_out = self._owner in _only_from_clients(experimental=self._experimental)
        optional = not member.required and member != tag_of(owner) and (leaving_out or member.omitted)
        made = self._type(member.type, depth + 1)
        if optional and not leaving_out:
            made = made.removesuffix(" | null")
        return f'"{member.key}"{"?" if optional else ""}: {made}'

    def _json(self) -> str:
        self._used.add("JsonValue")
        return "JsonValue"

    def _type(self, part: Type, depth: int = 0) -> str:
        made: str
        match part:
            case Scalar("json"):
                made = self._json()
            case Scalar("object"):
                made = f"{{ [key in string]?: {self._json()} }}"
            case Scalar(kind):
                made = _SCALARS.get(kind, "number")
            case Words(words):
                made = " | ".join(f'"{word}"' for word in words)
            case Sequence(item):
                made = f"Array<{self._type(item, depth)}>"
            case Mapping(value):
                made = f"{{ [key in string]?: {self._type(value, depth)} }}"
            case Named(name):
                definition = catalogue()[name]
                if definition.in_place:
                    made = self._object(definition, depth=depth)
                else:
                    self._used.add(name)
                    made = _told(name)
            case Union(members, nullable=nullable):
                shown = [self._type(member, depth) for member in members]
                made = " | ".join([*shown, "null"] if nullable else shown)
        return made


def _comment(text: str, indent: str = "") -> str:
    if not text:
        return ""
    first, *rest = text.splitlines()
    if not rest:
        return f"{indent}/** {first} */\n"
    lines = "".join(f"{indent} * {line}".rstrip() + "\n" for line in (first, *rest))
    return f"{indent}/**\n{lines}{indent} */\n"
