"""The TypeScript export: whole, closed in itself, and of the same types as the JSON Schema."""

import posixpath
import re

import pytest

from protocol.export.catalogue import catalogue
from protocol.export.json_schema import json_schema_files
from protocol.export.typescript import typescript_files
from protocol.methods import CLIENT_REQUESTS, SERVER_NOTIFICATIONS, SERVER_REQUESTS


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return {name: text.decode() for name, text in typescript_files(experimental=True).items()}


def test_every_import_leads_to_a_file_that_exports_the_name(files: dict[str, str]) -> None:
    for path, text in files.items():
        for name, source in re.findall(r'(?:import|export) type \{ (\w+) \} from "([^"]+)"', text):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), f"{source}.ts"))
            exported = rf"export type (?:{name} =|\{{ (?:\w+ as )?{name} \}} from)"
            assert re.search(exported, files[target]), (path, name)


def test_every_name_that_a_type_uses_is_imported_or_its_own(files: dict[str, str]) -> None:
    known = {path.rpartition("/")[2].removesuffix(".ts") for path in files} - {"index"}
    for path, text in files.items():
        code = re.sub(r'"[^"]*"|/\*.*?\*/|^//.*$', "", text, flags=re.DOTALL | re.MULTILINE)
        imports, _, body = code.partition("export type")
        own = path.rpartition("/")[2].removesuffix(".ts")
        used = set(re.findall(r"\b[A-Z]\w+\b", body)) & known
        assert used <= {*re.findall(r"\w+", imports), own}, path


def test_the_unions_of_messages_have_every_method(files: dict[str, str]) -> None:
    tables = {
        "ClientRequest": CLIENT_REQUESTS,
        "ServerRequest": SERVER_REQUESTS,
        "ServerNotification": SERVER_NOTIFICATIONS,
    }
    for name, table in tables.items():
        assert re.findall(r'"method": "([^"]+)"', files[f"{name}.ts"]) == list(table)


def test_both_exports_know_the_same_types(files: dict[str, str]) -> None:
    typed = {path.rpartition("/")[2].removesuffix(".ts") for path in files}
    described = {
        path.rpartition("/")[2].removesuffix(".json") for path in json_schema_files(experimental=True)
    }
    envelopes = {name for name in described if name.startswith(("JSONRPC", "codex_app_server_protocol"))}

    assert described - envelopes <= typed
    assert typed - catalogue().keys() == {
        *("ClientNotification", "ClientRequest", "ServerNotification", "ServerRequest", "JsonValue", "index"),
        *("ExecPolicyAmendment", "GitSha", "LocalShellExecAction"),  # names that old clients import
    }


def test_namesakes_lie_apart_as_clients_expect_them(files: dict[str, str]) -> None:
    """What rollouts and the provider call by a name is not what `v2` calls by it."""
    assert '"mcp"' in files["SessionSource.ts"]
    assert '"appServer"' in files["v2/SessionSource.ts"]
    assert '"find_in_page"' in files["WebSearchAction.ts"]
    assert '"findInPage"' in files["v2/WebSearchAction.ts"]
    assert 'import type { SessionSource } from "./SessionSource";' in files["ConversationSummary.ts"]
    assert 'import type { SessionSource } from "./SessionSource";' in files["v2/Thread.ts"]


def test_clients_may_leave_out_what_has_a_default_and_get_all_that_is_always_sent(
    files: dict[str, str],
) -> None:
    assert '"model"?: string | null;' in files["v2/ThreadStartParams.ts"]
    assert '"gitInfo": GitInfo | null;' in files["v2/Thread.ts"]
    assert '"path"?: string;' in files["v2/ConfigWarningNotification.ts"]


def test_the_stable_flavour_has_no_gated_field() -> None:
    stable = {name: text.decode() for name, text in typescript_files(experimental=False).items()}

    assert "dynamicTools" not in stable["v2/ThreadStartParams.ts"]
    assert "v2/ProcessSpawnParams.ts" not in stable
