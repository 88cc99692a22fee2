import pytest
from support.machine import Machine

from app_server.config.errors import ConfigError
from app_server.config.read import ReadError, layer_version, read_config, read_error
from protocol.wire import JsonObject


def read(machine: Machine, text: str, *flags: str, layers: bool = False) -> JsonObject:
    machine.write(text)
    return read_config(machine.loader(*flags).layers(machine.work).stack, include_layers=layers)


def test_every_known_key_is_there_and_unknown_ones_only_among_the_origins(machine: Machine) -> None:
    answer = read(machine, 'model = "a"\nzz = 1\n')

    config, origins = answer["config"], answer["origins"]
    assert isinstance(config, dict)
    assert isinstance(origins, dict)
    assert answer["layers"] is None
    assert (config["model"], config["model_provider"], config["web_search"]) == ("a", None, None)
    assert (config["project_doc_max_bytes"], config["allow_login_shell"]) == (32_768, True)
    assert (config["mcp_servers"], config["profiles"]) == ({}, {})
    assert config["history"] == {"persistence": "save-all", "max_bytes": None}
    assert "zz" not in config
    assert "attestation" not in config
    assert set(origins) == {"model", "zz"}


def test_tables_are_filled_up_with_what_is_not_set(machine: Machine) -> None:
    text = '[sandbox_workspace_write]\nnetwork_access = true\n[model_providers.m]\nname = "m"\nzz = 1\n'

    config = read(machine, text + "[tools]\nview_image = true\n[analytics]\n")["config"]

    assert isinstance(config, dict)
    providers = config["model_providers"]
    assert config["sandbox_workspace_write"] == {
        "writable_roots": [],
        "network_access": True,
        "exclude_tmpdir_env_var": False,
        "exclude_slash_tmp": False,
    }
    assert config["tools"] == {"web_search": None}
    assert config["analytics"] == {"enabled": None}
    assert isinstance(providers, dict)
    mine = providers["m"]
    assert isinstance(mine, dict)
    assert (mine["name"], mine["base_url"], mine["wire_api"]) == ("m", None, "responses")


def test_profiles_and_requirements_are_not_applied(machine: Machine) -> None:
    config = read(machine, 'model = "a"\nprofile = "p"\n[profiles.p]\nmodel = "b"\n')["config"]

    assert isinstance(config, dict)
    assert (config["model"], config["profile"]) == ("a", "p")


def test_some_features_always_show_what_holds(machine: Machine) -> None:
    config = read(machine, "[features]\ngoals = true\nnew = true\napps = false\n")["config"]

    assert isinstance(config, dict)
    assert config["features"] == {
        "goals": True,
        "new": True,
        "apps": False,
        "memories": False,
        "mentions_v2": False,
        "plugins": True,
        "remote_control": False,
        "tool_search": True,
        "tool_suggest": True,
        "tool_call_mcp_elicitation": True,
    }


def test_an_origin_is_the_highest_layer_that_counts(machine: Machine) -> None:
    machine.write('model = "s"\nreview_model = "s"\n', machine.system / "config.toml")
    machine.write('model = "p"\n', machine.work / ".codex" / "config.toml")

    origins = read(machine, 'model = "u"\na = [1, {b = 2}]\n', "x.y=1")["origins"]

    user: JsonObject = {"type": "user", "file": str(machine.config_file), "profile": None}
    user_version = layer_version({"model": "u", "a": [1, {"b": 2}]})
    from_user = {"name": user, "version": user_version}
    system: JsonObject = {"type": "system", "file": str(machine.system / "config.toml")}
    assert origins == {
        "model": from_user,
        "a.0": from_user,
        "a.1.b": from_user,
        "review_model": {"name": system, "version": layer_version({"model": "s", "review_model": "s"})},
        "x.y": {"name": {"type": "sessionFlags"}, "version": layer_version({"x": {"y": 1}})},
    }


def test_layers_are_listed_from_the_highest_disabled_ones_included(machine: Machine) -> None:
    machine.write('model = "p"\n', machine.work / ".codex" / "config.toml")

    layers = read(machine, 'model = "u"\n', "x=1", layers=True)["layers"]

    assert layers == [
        {"name": {"type": "sessionFlags"}, "version": layer_version({"x": 1}), "config": {"x": 1}},
        {
            "name": {"type": "project", "dotCodexFolder": str(machine.work / ".codex")},
            "version": layer_version({"model": "p"}),
            "config": {"model": "p"},
            "disabledReason": (
                f"To load project-local config, hooks, and exec policies, add {machine.work} "
                f"as a trusted project in {machine.config_file}."
            ),
        },
        {
            "name": {"type": "user", "file": str(machine.config_file), "profile": None},
            "version": layer_version({"model": "u"}),
            "config": {"model": "u"},
        },
        {
            "name": {"type": "system", "file": str(machine.system / "config.toml")},
            "version": layer_version({}),
            "config": {},
        },
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("model = 5\n", "invalid configuration: invalid type: integer `5`, expected a string\nin `model`\n"),
        (
            'model_provider = "zz"\n',
            "failed to resolve feature override precedence: Model provider `zz` not found",
        ),
        ('profile = "zz"\n', "failed to resolve feature override precedence: config profile `zz` not found"),
    ],
)
def test_what_cannot_be_resolved_is_refused(machine: Machine, text: str, message: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(machine, text)

    assert str(refused.value) == message


def test_a_broken_layer_is_refused_with_its_place(machine: Machine) -> None:
    with pytest.raises(ConfigError) as refused:
        read(machine, "model = \n")

    assert str(read_error(refused.value)) == (
        f"failed to read configuration layers: {machine.config_file}:1:9: Invalid value"
    )
