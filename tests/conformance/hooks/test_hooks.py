"""Hooks as clients list them (services.md §7)."""

import json

from support.connect import Connect
from support.conversation import as_object


def test_hooks_are_listed_by_folder_with_their_state(connect: Connect) -> None:
    file = connect.home / "hooks.json"
    handler = {"type": "command", "command": "echo ss", "timeout": 1, "statusMessage": "starting"}
    file.write_text(json.dumps({"hooks": {"SessionStart": [{"matcher": "startup", "hooks": [handler]}]}}))
    client = connect()

    data = client.call("hooks/list", {"cwds": [str(connect.workspace)]})["data"]
    default = client.call("hooks/list", {})["data"]

    assert isinstance(data, list)
    entry = as_object(data[0])
    hooks = entry["hooks"]
    assert isinstance(hooks, list)
    hook = as_object(hooks[0])
    assert (len(data), len(hooks)) == (1, 1)
    assert {**entry, "hooks": []} == {
        "cwd": str(connect.workspace),
        "hooks": [],
        "warnings": [],
        "errors": [],
    }
    assert str(hook["currentHash"]).startswith("sha256:")
    assert {key: hook[key] for key in hook if hook[key] is not None and key != "currentHash"} == {
        "key": f"{file}:session_start:0:0",
        "eventName": "sessionStart",
        "handlerType": "command",
        "async": False,
        "matcher": "startup",
        "command": "echo ss",
        "timeoutSec": 1,
        "statusMessage": "starting",
        "sourcePath": str(file),
        "source": "user",
        "displayOrder": 0,
        "enabled": True,
        "isManaged": False,
        "trustStatus": "untrusted",
    }
    assert isinstance(default, list)
    assert len(default) == 1
