"""Homes with hooks: commands that leave what they are given in a file, and answer as a test says."""

import json
import shlex
from pathlib import Path

from pydantic import JsonValue

from support.client import Client, JsonObject
from support.connect import Connect
from support.conversation import Turn, as_object

GIVEN = "given-{}.json"


def answering(moment: str, output: JsonValue = "", *, code: int = 0, complaint: str = "") -> str:
    """A command that keeps its stdin for `given`, and then says this; what is no text is said as JSON."""
    text = output if isinstance(output, str) else json.dumps(output)
    return (
        f'cat > "$CODEX_HOME/{GIVEN.format(moment)}"; printf %s {shlex.quote(text)}; '
        f"printf %s {shlex.quote(complaint)} >&2; exit {code}"
    )


def hook(command: str, **more: JsonValue) -> JsonObject:
    return {"type": "command", "command": command, **more}


def set_hooks(connect: Connect, hooks: dict[str, JsonValue], *, trusted: bool = True) -> Client:
    """A client of a home with these groups of hooks by event, which the user has trusted."""
    (connect.home / "hooks.json").write_text(json.dumps({"hooks": hooks}))
    client = connect()
    if trusted:
        data = client.call("hooks/list", {"cwds": [str(connect.workspace)]})["data"]
        assert isinstance(data, list)
        listed = as_object(data[0])["hooks"]
        assert isinstance(listed, list)
        with (connect.home / "config.toml").open("a", encoding="utf-8") as file:
            for one in map(as_object, listed):
                file.write(f'\n[hooks.state."{one["key"]}"]\ntrusted_hash = "{one["currentHash"]}"\n')
    return client


def group(*handlers: JsonObject, matcher: str | None = None) -> list[JsonValue]:
    found: JsonObject = {"hooks": list(handlers)}
    return [found if matcher is None else {**found, "matcher": matcher}]


def given(home: Path, moment: str) -> JsonObject:
    """What the command of the moment found on its stdin."""
    return as_object(json.loads((home / GIVEN.format(moment)).read_text()))


def runs(turn: Turn) -> list[tuple[JsonValue, JsonValue, list[tuple[JsonValue, JsonValue]]]]:
    """Every run that was told to be over: its event, its status, its entries."""
    found: list[tuple[JsonValue, JsonValue, list[tuple[JsonValue, JsonValue]]]] = []
    for params in turn.params("hook/completed"):
        run = as_object(params["run"])
        entries = run["entries"]
        assert isinstance(entries, list)
        said = [(entry["kind"], entry["text"]) for entry in map(as_object, entries)]
        found.append((run["eventName"], run["status"], said))
    return found
