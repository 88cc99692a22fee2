"""Which hooks the layers of the configuration declare, and which of them may run (services.md §7)."""

import json
from pathlib import Path

import pytest
from support.machine import Machine

from app_server.hooks.discovery import HookListing, find_hooks
from app_server.hooks.hook import MOMENTS, fingerprint
from protocol.wire import JsonObject

ECHO: JsonObject = {"type": "command", "command": "echo ss", "timeout": 1}


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path / "home", tmp_path / "etc", tmp_path / "work")
    for folder in (machine.home, machine.system, machine.work):
        folder.mkdir()
    return machine


def declared(**events: list[JsonObject]) -> str:
    return json.dumps({"hooks": events})


def found(machine: Machine, config: str = "", cwd: Path | None = None) -> HookListing:
    return find_hooks(machine.load(config, cwd=cwd or machine.work).stack)


def test_a_print_is_that_of_the_reference() -> None:
    moment = next(one for one in MOMENTS if one.name == "SessionStart")

    assert fingerprint(moment, None, "echo ss", 1, None).startswith("sha256:8ac331fc")


def test_a_hook_is_untrusted_until_its_print_is_written_down(machine: Machine) -> None:
    file = machine.write(declared(SessionStart=[{"hooks": [ECHO]}]), machine.home / "hooks.json")
    (new,) = found(machine).hooks

    def with_state(lines: str) -> tuple[str, bool, bool]:
        (hook,) = found(machine, f'[hooks.state."{new.key}"]\n{lines}').hooks
        return hook.trust, hook.enabled, hook.runs

    assert new.key == f"{file}:session_start:0:0"
    assert (new.trust, new.runs) == ("untrusted", False)
    assert with_state(f'trusted_hash = "{new.print}"') == ("trusted", True, True)
    assert with_state('trusted_hash = "sha256:another"') == ("modified", True, False)
    assert with_state(f'trusted_hash = "{new.print}"\nenabled = false') == ("trusted", False, False)


def test_what_an_administrator_set_runs_whatever_the_user_says(machine: Machine) -> None:
    file = machine.write(declared(Stop=[{"hooks": [ECHO]}]), machine.system / "hooks.json")

    (hook,) = found(machine, f'[hooks.state."{file}:stop:0:0"]\nenabled = false').hooks

    assert (hook.source, hook.trust, hook.managed, hook.runs) == ("system", "managed", True, True)


def test_a_project_counts_once_it_is_trusted_and_cannot_trust_itself(machine: Machine) -> None:
    project = machine.project()
    file = machine.write(declared(Stop=[{"hooks": [ECHO]}]), project / ".codex" / "hooks.json")
    stop = next(one for one in MOMENTS if one.name == "Stop")
    own_print = fingerprint(stop, None, "echo ss", 1, None)
    machine.write(
        f'[hooks.state."{file}:stop:0:0"]\ntrusted_hash = "{own_print}"\n',
        project / ".codex" / "config.toml",
    )

    before = found(machine, cwd=project).hooks
    (after,) = found(machine, machine.decide("trusted", project), cwd=project).hooks

    assert before == []
    assert (after.source, after.trust, after.runs) == ("project", "untrusted", False)


def test_hooks_come_from_the_file_and_from_the_table_in_this_order(machine: Machine) -> None:
    file = machine.write(declared(Stop=[{"hooks": [ECHO]}]), machine.home / "hooks.json")
    config = '[[hooks.Stop]]\nmatcher = "ignored"\n[[hooks.Stop.hooks]]\ntype = "command"\ncommand = "two"\n'

    listing = found(machine, config)

    assert [(hook.command, hook.order, hook.timeout_seconds, hook.matcher) for hook in listing.hooks] == [
        ("echo ss", 0, 1, None),
        ("two", 1, 600, None),
    ]
    (warning,) = listing.warnings
    assert warning == (
        f"loading hooks from both {file} and {machine.config_file}; "
        "prefer a single representation for this layer"
    )


def test_what_cannot_run_is_passed_over_with_a_warning(machine: Machine) -> None:
    handlers: list[JsonObject] = [
        {"type": "prompt", "prompt": "x"},
        {**ECHO, "async": True},
        {"type": "command", "command": " "},
        {**ECHO, "timeout": 0, "statusMessage": "looking"},
    ]
    groups: list[JsonObject] = [
        {"matcher": "Bash", "hooks": list(handlers)},
        {"matcher": "(", "hooks": [ECHO]},
    ]
    file = machine.write(declared(PreToolUse=groups), machine.home / "hooks.json")

    listing = found(machine)

    (hook,) = listing.hooks
    assert (hook.key, hook.timeout_seconds, hook.status_message, hook.matcher) == (
        f"{file}:pre_tool_use:0:3",
        1,
        "looking",
        "Bash",
    )
    assert listing.warnings[:2] == [
        f"skipping prompt hook in {file}: prompt hooks are not supported yet",
        f"skipping async hook in {file}: async hooks are not supported yet",
    ]
    assert listing.warnings[2] == f"skipping empty hook command in {file}"
    assert listing.warnings[3].startswith(f'invalid matcher "(" in {file}: ')


def test_a_file_that_is_no_json_costs_its_hooks_only(machine: Machine) -> None:
    machine.write("{", machine.home / "hooks.json")

    listing = found(machine, '[[hooks.Stop]]\n[[hooks.Stop.hooks]]\ntype = "command"\ncommand = "two"\n')

    assert [hook.command for hook in listing.hooks] == ["two"]
    assert len(listing.warnings) == 1
