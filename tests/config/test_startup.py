import os
from pathlib import Path

import pytest
from support.machine import Machine

from app_server.config.errors import ConfigError
from app_server.config.warnings import StartupWarning
from protocol.wire import JsonObject


@pytest.mark.parametrize(
    ("text", "key"),
    [("zz = 1\n", "zz"), ('[model_providers.m]\nname = "m"\nq = 1\n', "model_providers.m.q")],
)
def test_strictly_the_first_unknown_key_ends_the_start(machine: Machine, text: str, key: str) -> None:
    machine.write(text)

    with pytest.raises(ConfigError) as refused:
        machine.loader().startup(strict=True)

    line = text.count("\n")
    assert str(refused.value) == f"{machine.config_file}:{line}:1: unknown configuration field `{key}`"


@pytest.mark.parametrize(
    ("text", "details", "place"),
    [
        ("model = \n", "{}:1:9: Invalid value", (1, 9, 1, 9)),
        ('sandbox_mode = "x"\n', None, (1, 16, 1, 18)),
        ('profile = "p"\n', "config profile `p` not found", None),
    ],
)
def test_a_broken_configuration_costs_a_warning_and_the_server_runs_on_defaults(
    machine: Machine, text: str, details: str | None, place: tuple[int, int, int, int] | None
) -> None:
    machine.write(text)

    config, (warning,) = machine.loader("review_model=r").startup()

    span: JsonObject | None = place and {
        "start": {"line": place[0], "column": place[1]},
        "end": {"line": place[2], "column": place[3]},
    }
    path = str(machine.config_file) if place else None
    told = details.format(path) if details else warning.details
    assert (config.model, config.review_model) == (None, "r")
    assert warning == StartupWarning("Invalid configuration; using defaults.", told, path, span)


@pytest.mark.parametrize(
    ("flag", "message"),
    [
        ("model=5", "invalid type: integer `5`, expected a string\nin `model`\n"),
        ("model_provider=zz", "Model provider `zz` not found"),
    ],
)
def test_broken_flags_end_the_start(machine: Machine, flag: str, message: str) -> None:
    with pytest.raises(ConfigError) as refused:
        machine.loader(flag).startup()

    assert str(refused.value) == f"error loading default config after config error: {message}"


def test_what_a_project_may_not_do_is_told_at_the_start(machine: Machine) -> None:
    machine.write('model_provider = "x"\n', machine.work / ".codex" / "config.toml")
    (machine.work / ".git").mkdir()
    undecided = machine.loader().startup().warnings
    machine.write(machine.decide("trusted", machine.work))
    trusted = machine.loader().startup().warnings

    folder = machine.work / ".codex"
    told_undecided = (
        "Config, hooks and exec policies in these project folders are not used; their skills are.\n"
        f"    1. {folder}\n"
        "       To load project-local config, hooks, and exec policies, "
        f"add {machine.work} as a trusted project in {machine.config_file}.\n"
    )
    told_trusted = (
        f"A project may not set model_provider ({folder / 'config.toml'}). "
        "Set them in the user's config.toml instead."
    )
    assert undecided == (StartupWarning(told_undecided),)
    assert trusted == (StartupWarning(told_trusted),)


def test_what_no_project_sets_is_remembered_until_a_file_changes(machine: Machine) -> None:
    loader = machine.loader()
    system = machine.system / "config.toml"
    seen = [loader.without_projects().review_model]
    for file, model in ((system, "a"), (machine.config_file, "b"), (machine.config_file, "c")):
        machine.write(f'review_model = "{model}"\n', file)
        seen.append(loader.without_projects().review_model)
        _age(file)
        seen.append(loader.without_projects().review_model)
        assert loader.without_projects() is loader.without_projects()
    machine.config_file.unlink()

    assert [*seen, loader.without_projects().review_model] == [None, "a", "a", "b", "b", "c", "c", "a"]


def test_what_no_project_sets_follows_a_switch_and_the_files_that_it_names(machine: Machine) -> None:
    loader = machine.loader()
    instructions = machine.home / "instructions.md"
    machine.write("Be brief.", instructions)
    machine.write(f'model_instructions_file = "{instructions}"\n')
    _age(machine.config_file)
    before = loader.without_projects()

    machine.write("Be thorough.", instructions)
    loader.enablement["memories"] = True
    after = loader.without_projects()

    assert (before.base_instructions, before.feature("memories")) == ("Be brief.", False)
    assert (after.base_instructions, after.feature("memories")) == ("Be thorough.", True)


def test_what_no_project_sets_does_without_a_broken_file(machine: Machine) -> None:
    machine.write("model = \n")

    assert machine.loader("review_model=r").without_projects().review_model == "r"


def _age(file: Path) -> None:
    """As if it had been written a while ago: what is younger may change unseen, and is not remembered."""
    facts = file.stat()
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns - 10**9))
