from pathlib import Path

import pytest
from support.machine import Machine

from app_server.config.config import TypedOverrides
from app_server.config.errors import ConfigError
from app_server.config.permissions import SandboxPolicy
from app_server.config.web_search import mode_in
from protocol.wire import JsonValue

PROFILE = 'model = "plain"\nprofile = "p"\n[profiles.p]\nmodel = "profile"\nmodel_reasoning_effort = "high"\n'


def test_without_any_file_the_defaults_hold(machine: Machine) -> None:
    config = machine.loader().load()

    assert config.cwd == machine.work
    assert (config.model, config.model_provider, config.service_tier) == (None, "openai", None)
    assert (config.approval_policy, config.approvals_reviewer) == ("on-request", "user")
    assert (config.sandbox, config.permission_profile) == (SandboxPolicy("read-only"), ":read-only")
    assert config.workspace_roots == (str(machine.work),)
    assert (config.personality, config.web_search) == ("pragmatic", "cached")
    assert (config.project_doc_max_bytes, config.project_root_markers) == (32_768, (".git",))
    assert config.chatgpt_base_url == "https://chatgpt.com/backend-api/"
    assert config.sqlite_home == machine.home
    assert config.include_permissions_instructions
    assert config.feature("shell_tool")
    assert not config.feature("memories")
    assert config.warnings == ()


def test_a_profile_beats_every_plain_key_and_a_typed_field_beats_the_profile(machine: Machine) -> None:
    machine.write(PROFILE)
    loader = machine.loader("model=flag")

    by_profile = loader.load(request_config={"model": "request"})
    typed = loader.load(request_config={"model": "request"}, typed=TypedOverrides(model="typed"))

    assert (by_profile.model, by_profile.model_reasoning_effort) == ("profile", "high")
    assert typed.model == "typed"
    assert by_profile.raw["model"] == "request"


def test_a_request_may_choose_the_profile(machine: Machine) -> None:
    config = machine.load('[profiles.p]\nmodel = "b"\n', request={"profile": "p"})

    assert (config.profile, config.model) == ("p", "b")


def test_a_profile_sets_only_what_profiles_may_set(machine: Machine) -> None:
    config = machine.load('profile = "p"\n[profiles.p]\nmodel = "b"\nopenai_base_url = "http://x"\n')

    assert (config.model, config.openai_base_url) == ("b", None)


def test_unknown_keys_are_ignored(machine: Machine) -> None:
    config = machine.load("zz = 1\n[features]\nnew_thing = true\n[unheard]\nof = []\n")

    assert config.model is None


def test_null_in_a_request_is_an_empty_string(machine: Machine) -> None:
    assert machine.load('model = "a"\n', request={"model": None}).model == ""


@pytest.mark.parametrize(
    ("text", "typed", "tier"),
    [
        ('service_tier = "fast"\n', TypedOverrides(), "priority"),
        ('service_tier = "fast"\n', TypedOverrides(service_tier=None), None),
        ('service_tier = "fast"\n', TypedOverrides(service_tier="abc"), "abc"),
        ('service_tier = "flex"\n', TypedOverrides(), "flex"),
        ("", TypedOverrides(service_tier="fast"), "priority"),
    ],
)
def test_a_service_tier_is_inherited_cleared_or_set(
    machine: Machine, text: str, typed: TypedOverrides, tier: str | None
) -> None:
    assert machine.load(text, typed=typed).service_tier == tier


def test_web_search_is_live_where_nothing_is_sandboxed(machine: Machine) -> None:
    full = 'sandbox_mode = "danger-full-access"\n'

    configs = [machine.load(text) for text in (full, full + 'web_search = "disabled"\n', "")]

    assert [mode_in(config, config.sandbox) for config in configs] == ["live", "disabled", "cached"]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("[features]\nweb_search_request = true\n", "live"),
        ("[features]\nweb_search_cached = true\n", "cached"),
        ('web_search = "disabled"\n[features]\nweb_search_request = true\n', "disabled"),
    ],
)
def test_former_features_choose_the_search_that_nobody_else_chose(
    machine: Machine, text: str, mode: str
) -> None:
    assert machine.load(text).web_search == mode


def test_instructions_come_from_request_then_file_then_key(machine: Machine) -> None:
    machine.write(" from file \n", machine.home / "i.md")
    text = 'instructions = "key"\nmodel_instructions_file = "i.md"\n'

    found = [
        machine.load(text, typed=TypedOverrides(base_instructions="typed")).base_instructions,
        machine.load(text).base_instructions,
        machine.load('instructions = "key"\n').base_instructions,
    ]

    assert found == ["typed", "from file", "key"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "failed to read model instructions file {}: No such file or directory (os error 2)"),
        (" \n", "model instructions file is empty: {}"),
    ],
)
def test_an_instructions_file_must_say_something(machine: Machine, content: str | None, message: str) -> None:
    file = machine.home / "i.md"
    if content is not None:
        machine.write(content, file)

    with pytest.raises(ConfigError) as refused:
        machine.load('model_instructions_file = "i.md"\n')

    assert str(refused.value) == message.format(file)


def test_sqlite_home_comes_from_config_then_environment(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CODEX_SQLITE_HOME", "/elsewhere")

    homes = [machine.load(text).sqlite_home for text in ('sqlite_home = "/configured"\n', "")]

    assert homes == [Path("/configured"), Path("/elsewhere")]


def test_features_are_switched_by_table_profile_and_flag(machine: Machine) -> None:
    machine.write(
        'profile = "p"\n[features]\ngoals = true\nmulti_agent_v2 = {enabled = true, max = 3}\n'
        "connectors = false\n"
        "[profiles.p.features]\nmemories = true\n"
    )

    features = machine.loader(disable=("hooks",)).load().features

    named = ("goals", "multi_agent_v2", "apps", "memories", "hooks")
    assert [features[name] for name in named] == [True, True, False, True, False]


def test_an_edit_by_hand_is_seen_by_the_next_thread(machine: Machine) -> None:
    machine.write('model = "a"\n')
    loader = machine.loader()
    first = loader.load().model

    machine.write('model = "b"\n')

    assert (first, loader.load().model) == ("a", "b")


def test_a_config_never_shows_what_its_tables_hold(machine: Machine) -> None:
    config = machine.load('[model_providers.m]\nname = "m"\nexperimental_bearer_token = "s3cret"\n')

    assert "s3cret" not in repr(config)


@pytest.mark.parametrize("value", [{}, [], "x", 1, None])
def test_a_request_never_breaks_the_loader_with_odd_values(machine: Machine, value: JsonValue) -> None:
    for key in (
        "projects",
        "profiles",
        "model_providers",
        "permissions",
        "features",
        "sandbox_workspace_write",
        "a.b",
    ):
        try:
            machine.loader().load(request_config={key: value})
        except ConfigError:
            continue
