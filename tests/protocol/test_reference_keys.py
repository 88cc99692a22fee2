"""Which keys are always there, and which may be missing: by the TypeScript that the reference writes."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from peers import SPOKEN
from support.requires import reference_server

pytestmark = pytest.mark.peers

OURS = Path(__file__).resolve().parents[2] / "schema" / "typescript"
FROM_CLIENTS = re.compile(
    r"Params$|^(ClientInfo|InitializeCapabilities|ReviewTarget|TurnToolOutput|UserInput"
    r"|ChatgptAuthTokensRefreshResponse|McpServerElicitationRequestResponse|PermissionsRequestApprovalResponse)$"
)
"""What clients send: there we let them leave out more."""
OTHERWISE = {
    "ContentItem": "an image or a sound by its id or its address",
    "FunctionCallOutputContentItem": "the same",
    "SkillInterface": "sent with nulls, whatever the types say",
}


def keys(path: Path) -> dict[str, frozenset[bool]]:
    """Each key of the type, and whether it may be missing; in each variant that has it."""
    text = re.sub(r"/\*.*?\*/|//[^\n]*|(?m:^import[^\n]*$)", "", path.read_text("utf-8"), flags=re.DOTALL)
    found: dict[str, frozenset[bool]] = {}
    for key, mark in re.findall(r'[{,;(]\s*"?([\w/]+)"?(\??)\s*:', text):
        found[key] = found.get(key, frozenset()) | {bool(mark)}
    return found


def test_the_same_keys_may_be_missing(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    reference = reference_server(request.config, SPOKEN)
    command = [str(reference), "app-server", "generate-ts", "--experimental", "--out", str(tmp_path)]
    subprocess.run(command, env={**os.environ, "CODEX_HOME": str(tmp_path)}, check=True, timeout=50)

    compared = 0
    different: list[str] = []
    for theirs in sorted(tmp_path.rglob("*.ts")):
        ours = OURS / theirs.relative_to(tmp_path)
        if not ours.exists() or FROM_CLIENTS.search(theirs.stem) or theirs.stem in OTHERWISE:
            continue
        mine, wanted = keys(ours), keys(theirs)
        both = mine.keys() & wanted.keys()
        compared += len(both)
        different += [f"{theirs.stem}.{key}" for key in sorted(both) if mine[key] != wanted[key]]

    print(f"{compared} keys compared")  # noqa: T201 - what people run it for
    assert different == []
    assert compared > 1_500
