import pytest
from support.machine import Machine

from app_server.config.errors import ConfigError, Span


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('profile = "p"\n', "config profile `p` not found"),
        ('model_provider = "zz"\n', "Model provider `zz` not found"),
        (
            'experimental_thread_store_endpoint = "x"\n',
            "`experimental_thread_store_endpoint` is no longer supported; remove it from config.toml",
        ),
        (
            '[model_providers.amazon-bedrock]\nbase_url = "http://x"\n',
            (
                "model_providers.amazon-bedrock only supports changing `aws.profile` and `aws.region`; "
                "other non-default provider fields are not supported"
            ),
        ),
        (
            "[permissions.a]\n",
            "config defines `[permissions]` profiles but does not set `default_permissions`",
        ),
        ('default_permissions = "a"\n', "default_permissions requires a `[permissions]` table"),
        (
            'default_permissions = "b"\n[permissions.a]\n',
            "default_permissions refers to undefined profile `b`",
        ),
        ('default_permissions = ":b"\n', "default_permissions refers to unknown built-in profile `:b`"),
        (
            'default_permissions = ":b"\n[permissions.":b"]\n',
            "permissions profile `:b` uses a reserved built-in profile prefix",
        ),
        (
            'default_permissions = "a"\n[permissions.a.filesystem]\nrel = "read"\n',
            "filesystem path `rel` must be absolute, use `~/...`, or start with `:`",
        ),
    ],
)
def test_names_that_mean_nothing_are_refused(machine: Machine, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as refused:
        machine.load(text)

    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("model = 5\n", (1, 9, 1, 9), "invalid type: integer `5`, expected a string"),
        ("model = [1]\n", (1, 9, 1, 11), "invalid type: sequence, expected a string"),
        ("[model]\n", (1, 1, 1, 7), "invalid type: map, expected a string"),
        ("model = true\n", (1, 9, 1, 12), "invalid type: boolean `true`, expected a string"),
        ('hide_agent_reasoning = "x"\n', (1, 24, 1, 26), 'invalid type: string "x", expected a boolean'),
        ("project_doc_max_bytes = -1\n", (1, 25, 1, 26), "invalid value: integer `-1`, expected usize"),
        (
            "project_doc_max_bytes = 1.5\n",
            (1, 25, 1, 27),
            "invalid type: floating point `1.5`, expected usize",
        ),
        ("model_context_window = true\n", (1, 24, 1, 27), "invalid type: boolean `true`, expected i64"),
        ("project_root_markers = 5\n", (1, 24, 1, 24), "invalid type: integer `5`, expected a sequence"),
        ("features = 5\n", (1, 12, 1, 12), "invalid type: integer `5`, expected a map"),
        ('[features]\napps = "x"\n', (2, 8, 2, 10), 'invalid type: string "x", expected a boolean'),
        (
            '# note\nsandbox_mode = "zz"\n',
            (2, 16, 2, 19),
            "unknown variant `zz`, expected one of `read-only`, `workspace-write`, `danger-full-access`",
        ),
        (
            'approval_policy = "zz"\n',
            (1, 19, 1, 22),
            (
                "unknown variant `zz`, expected one of "
                "`untrusted`, `on-failure`, `on-request`, `granular`, `never`"
            ),
        ),
        (
            "approval_policy = {granular = {sandbox_approval = true}}\n",
            (1, 19, 1, 56),
            "missing field `rules`",
        ),
        (
            '[projects."/x"]\ntrust_level = "zz"\n',
            (2, 15, 2, 18),
            "unknown variant `zz`, expected `trusted` or `untrusted`",
        ),
        ("[mcp_servers.x]\n", (1, 1, 1, 15), "invalid transport"),
        ("[model_providers.m]\nname = 5\n", (2, 8, 2, 8), "invalid type: integer `5`, expected a string"),
        (
            '[model_providers.m]\nbase_url = "x"\n',
            (1, 2, 1, 16),
            "model_providers.m: provider name must not be empty",
        ),
        (
            '[model_providers.m]\nname = "m"\n[model_providers.m.aws]\nregion = "x"\n',
            (1, 2, 1, 16),
            "model_providers.m: provider aws is only supported for `amazon-bedrock`",
        ),
        (
            '[model_providers.m]\nname = "m"\nenv_key = "K"\nrequires_openai_auth=true\nauth.command="c"\n',
            (1, 2, 1, 16),
            "model_providers.m: provider auth cannot be combined with env_key, requires_openai_auth",
        ),
        (
            '[model_providers.m]\nname = "m"\n[model_providers.m.auth]\ncommand = "c"\ntimeout_ms = 0\n',
            (5, 14, 5, 14),
            "invalid value: integer `0`, expected a nonzero u64",
        ),
        (
            '[model_providers.m]\nname = "m"\nenv_key = "K"\n[model_providers.m.auth]\ncommand = "c"\n',
            (1, 2, 1, 16),
            "model_providers.m: provider auth cannot be combined with env_key",
        ),
        (
            '[model_providers.openai]\nname = "x"\n',
            (1, 2, 1, 16),
            (
                "model_providers contains reserved built-in provider IDs: `openai`. Built-in providers "
                "cannot be overridden. Rename your custom provider (for example, `openai-custom`)."
            ),
        ),
        (
            '[model_providers.m]\nname = "m"\nwire_api = "chat"\n',
            (3, 12, 3, 17),
            (
                '`wire_api = "chat"` is no longer supported.\n'
                'How to fix: set `wire_api = "responses"` in your provider config.\n'
                "More info: https://github.com/openai/codex/discussions/7782"
            ),
        ),
    ],
)
def test_a_wrong_value_is_blamed_on_its_place(
    machine: Machine, text: str, place: tuple[int, int, int, int], message: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        machine.load(text)

    line, column, *_ = place
    assert str(refused.value) == f"{machine.config_file}:{line}:{column}: {message}"
    assert (refused.value.path, refused.value.span) == (machine.config_file, Span(*place))


def test_a_wrong_value_of_a_request_is_blamed_on_its_key(machine: Machine) -> None:
    with pytest.raises(ConfigError) as refused:
        machine.load('model = "a"\n', request={"model": 4})

    assert str(refused.value) == "invalid type: integer `4`, expected a string\nin `model`\n"
    assert refused.value.path is None


def test_a_wrong_value_that_a_higher_layer_replaces_does_no_harm(machine: Machine) -> None:
    assert machine.load("model = 5\n", "model=right").model == "right"
