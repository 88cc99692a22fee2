"""What is checked in under `schema/` is what the types say, and generators find it where they look."""

import re
import runpy
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson
import pytest

from protocol.export.json_schema import json_schema_files, write_json_schema

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def stable() -> dict[str, Any]:
    return {name: orjson.loads(text) for name, text in json_schema_files(experimental=False).items()}


@pytest.fixture(scope="module")
def everything() -> dict[str, Any]:
    return {name: orjson.loads(text) for name, text in json_schema_files(experimental=True).items()}


def methods(schema: dict[str, Any]) -> set[str]:
    return {choice["properties"]["method"]["enum"][0] for choice in schema["oneOf"]}


@pytest.mark.requirement("U5")
def test_the_checked_in_schemas_are_current() -> None:
    script = runpy.run_path(str(ROOT / "scripts/write_schema.py"))

    assert script["differences"](script["expected"]()) == []


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    write_json_schema(tmp_path / "schema", experimental=False)

    written = {
        str(path.relative_to(tmp_path / "schema")): path.read_bytes() for path in tmp_path.rglob("*.json")
    }
    assert written == json_schema_files(experimental=False)


def test_every_file_is_a_valid_draft_07_schema(everything: dict[str, Any]) -> None:
    for schema in everything.values():
        jsonschema_rs.Draft7Validator(schema)


def test_every_reference_leads_to_a_definition(everything: dict[str, Any], stable: dict[str, Any]) -> None:
    for schema in (*everything.values(), *stable.values()):
        for reference in set(re.findall(rb'"\$ref":"#/([^"]+)"', orjson.dumps(schema))):
            target: Any = schema
            for step in reference.decode().split("/"):
                target = target[step]


def test_types_lie_in_the_folders_of_the_reference(everything: dict[str, Any]) -> None:
    assert {
        "v1/InitializeParams.json",
        "v1/InitializeResponse.json",
        "v2/ThreadStartParams.json",
        "v2/TurnCompletedNotification.json",
        "AttestationGenerateParams.json",
        "CommandExecutionRequestApprovalParams.json",
        "FuzzyFileSearchParams.json",
        "JSONRPCMessage.json",
        "RequestId.json",
        "ClientNotification.json",
        "codex_app_server_protocol.schemas.json",
        "codex_app_server_protocol.v2.schemas.json",
    } <= everything.keys()


def test_the_stable_flavour_leaves_out_gated_methods_fields_and_their_types(
    everything: dict[str, Any], stable: dict[str, Any]
) -> None:
    gone = methods(everything["ClientRequest.json"]) - methods(stable["ClientRequest.json"])
    fields = stable["v2/ThreadStartParams.json"]["properties"]

    assert "process/spawn" in gone
    assert "thread/start" not in gone
    assert "dynamicTools" in everything["v2/ThreadStartParams.json"]["properties"]
    assert "dynamicTools" not in fields
    assert "model" in fields
    assert "v2/ProcessSpawnParams.json" not in stable
    bundle = stable["codex_app_server_protocol.schemas.json"]["definitions"]["v2"]
    assert "DynamicToolSpec" not in bundle


def test_notifications_and_server_requests_are_in_both_flavours(
    everything: dict[str, Any], stable: dict[str, Any]
) -> None:
    for name in ("ServerNotification.json", "ServerRequest.json"):
        assert methods(everything[name]) == methods(stable[name])


def test_methods_that_are_only_kept_for_old_clients_are_in_no_schema(everything: dict[str, Any]) -> None:
    assert not methods(everything["ClientRequest.json"]) & {
        "getConversationSummary",
        "gitDiffToRemote",
        "getAuthStatus",
    }
