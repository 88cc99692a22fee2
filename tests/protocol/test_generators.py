"""Other people's generators and compilers take what we export."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from peers import find_typescript

from protocol.export.typescript import write_typescript

ROOT = Path(__file__).resolve().parents[2]
CLIENT = """
import type { ClientRequest, InitializeParams, ServerNotification } from "./index";
import type { ThreadStartResponse } from "./v2";

const params: InitializeParams = {
  clientInfo: { name: "c", title: null, version: "1" },
  capabilities: { experimentalApi: true, requestAttestation: true },
};
export const request: ClientRequest = { method: "initialize", id: 0, params };

export function told(message: ServerNotification): string {
  return message.method === "item/agentMessage/delta" ? message.params.delta : message.method;
}

export const started = (answer: ThreadStartResponse): string => answer.thread.id;
"""


@pytest.fixture(scope="module")
def compiler() -> list[str]:
    found = find_typescript()
    if found is None:
        pytest.fail("the TypeScript compiler is not here: python3 scripts/peers.py")
    return ["node", str(found), "--strict", "--noEmit", "--target", "es2022", "--moduleResolution", "bundler"]


@pytest.mark.peers
@pytest.mark.timeout(180)
@pytest.mark.parametrize("experimental", [False, True])
def test_a_typescript_client_compiles_against_our_types(
    compiler: list[str], tmp_path: Path, experimental: bool
) -> None:
    write_typescript(tmp_path, experimental=experimental)
    client = tmp_path / "client.ts"
    client.write_text(CLIENT, encoding="utf-8")

    files = [str(path) for path in sorted(tmp_path.rglob("*.ts"))]
    done = subprocess.run([*compiler, *files], capture_output=True, text=True, check=False)

    assert (done.stdout, done.returncode) == ("", 0)


@pytest.mark.peers
@pytest.mark.timeout(180)
def test_the_compiler_notices_a_client_that_is_wrong(compiler: list[str], tmp_path: Path) -> None:
    write_typescript(tmp_path, experimental=True)
    client = tmp_path / "client.ts"
    client.write_text(CLIENT.replace('version: "1"', "version: 1"), encoding="utf-8")

    done = subprocess.run([*compiler, str(client)], capture_output=True, text=True, check=False)

    assert "client.ts(6," in done.stdout


@pytest.mark.peers
@pytest.mark.timeout(180)
def test_bindings_are_generated_from_the_bundle(tmp_path: Path) -> None:
    bundle = ROOT / "schema" / "json" / "codex_app_server_protocol.v2.schemas.json"
    models = tmp_path / "bindings.py"
    kind = ["--input-file-type", "jsonschema", "--output-model-type", "pydantic_v2.BaseModel"]
    command = [sys.executable, "-m", "datamodel_code_generator", "--input", str(bundle), *kind]
    params = {"threadId": "t", "input": [{"type": "text", "text": "hello"}]}
    use = (
        "import json, sys; from bindings import TurnStartParams as T;"
        "print(T.model_validate(json.loads(sys.argv[1])).model_dump_json(exclude_unset=True, by_alias=True))"
    )

    subprocess.run([*command, "--output", str(models)], check=True, capture_output=True)
    read = [sys.executable, "-c", use, json.dumps(params)]
    told = subprocess.run(read, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    assert json.loads(told) == params
