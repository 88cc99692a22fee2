"""What the account's server listed is kept for the next thread, in a file that two servers share."""

from pathlib import Path

import orjson
import pytest

from app_server.agent.backend import BackendLogin
from app_server.apps.kept_tools import KeptTools
from protocol.wire import JsonObject

LOGIN = BackendLogin("acct-1", (), "user-1", "pro")
FILE = "cache/codex_apps_tools/0c72662b2769f3d3ab4a3189b6f10bc10236e6f0.json"
TOOL: JsonObject = {
    "name": "calendar_list",
    "_meta": {"connector_id": "c1", "connector_name": "Calendar", "connector_description": "Plans."},
}


def test_tools_of_apps_are_kept_for_one_account(tmp_path: Path) -> None:
    KeptTools(tmp_path, LOGIN).save([TOOL, {"name": "of no app"}])

    assert KeptTools(tmp_path, LOGIN).load() == (TOOL,)
    assert KeptTools(tmp_path, LOGIN._replace(account_id="other")).load() == ()
    assert KeptTools(tmp_path, LOGIN._replace(plan="team")).load() == ()


def test_the_file_is_the_references(tmp_path: Path) -> None:
    KeptTools(tmp_path, LOGIN).save([TOOL])

    kept = orjson.loads((tmp_path / FILE).read_bytes())
    assert kept["schema_version"] == 2
    (row,) = kept["tools"]
    assert (row["tool_namespace"], row["tool_name"]) == ("mcp__codex_apps__calendar", "_list")
    assert (row["connector_id"], row["tool"]) == ("c1", TOOL)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"schema_version": 9, "tools": []}', b'{"schema_version": 2, "tools": [1]}'],
)
def test_a_file_that_cannot_be_used_holds_nothing(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / FILE
    file.parent.mkdir(parents=True)
    file.write_bytes(content)

    assert KeptTools(tmp_path, LOGIN).load() == ()
