"""Rights as a model asks for them, as clients see and grant them, and calls that take them up."""

from pathlib import Path

from pydantic import JsonValue

from support import sse
from support.client import Answer, Client, JsonObject
from support.conversation import start_thread

ASK = "item/permissions/requestApproval"
COMMAND = "item/commandExecution/requestApproval"
PATCH = "item/fileChange/requestApproval"
GRANULAR: JsonObject = {
    "sandbox_approval": True,
    "rules": True,
    "mcp_elicitations": True,
    "skill_approval": True,
    "request_permissions": True,
}
NEWER = ("environmentId",)
NOTHING: JsonObject = {"network": None, "file_system": None}


def thread(
    client: Client,
    folder: Path,
    policy: JsonValue = "on-request",
    *features: str,
    sandbox: str = "workspace-write",
) -> str:
    """A thread in the folder, with the tool, or with the features that are named."""
    names = features or ("request_permissions_tool",)
    config: JsonValue = {
        "features": dict.fromkeys(names, True),
        "suppress_unstable_features_warning": True,
    }
    return start_thread(client, config=config, cwd=str(folder), approvalPolicy=policy, sandbox=sandbox)


def request(permissions: JsonValue, call_id: str = "p1", **more: JsonValue) -> sse.Event:
    """A call of `request_permissions`."""
    return sse.call("request_permissions", {"permissions": permissions, **more}, call_id)


def command(script: str, call_id: str = "x1", how: JsonObject | None = None) -> sse.Event:
    """A command of the model."""
    return sse.call("exec_command", {"cmd": script, "login": False, **(how or {})}, call_id)


def adding(path: Path, call_id: str = "a1") -> sse.Event:
    """A patch that adds the file."""
    text = f"*** Begin Patch\n*** Add File: {path}\n+x\n*** End Patch"
    return sse.item_done(
        {"type": "custom_tool_call", "name": "apply_patch", "input": text, "call_id": call_id}
    )


def answers(client: Client, method: str, answer: Answer) -> list[JsonObject]:
    """Let the client answer every question of this kind in this way: the questions."""
    asked: list[JsonObject] = []

    def reply(params: JsonObject) -> Answer:
        asked.append(params)
        return answer

    client.on(method, reply)
    return asked


def writes(*paths: Path) -> JsonObject:
    """Rights to write there, as models ask for them."""
    return {"file_system": {"write": [str(path) for path in paths]}}


def granting(*paths: Path, scope: str = "turn") -> JsonObject:
    """An answer that grants writing there."""
    return {"permissions": {"fileSystem": {"write": [str(path) for path in paths]}}, "scope": scope}


def files_asked(*paths: Path) -> JsonObject:
    """How clients see the paths that are asked for."""
    return {
        "read": None,
        "write": [str(path) for path in paths],
        "entries": [{"path": {"type": "path", "path": str(path)}, "access": "write"} for path in paths],
    }


def names(folder: Path) -> list[str]:
    """What is in it, without what a sandbox may just be clearing up."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def code(output: JsonValue) -> str:
    """How a command ended."""
    return str(output).partition("Process exited with code ")[2].partition("\n")[0]
