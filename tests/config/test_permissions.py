import pytest
from support.machine import Machine, workspace_write

from app_server.config.config import TypedOverrides
from app_server.config.permissions import (
    GranularApproval,
    SandboxMode,
    SandboxPolicy,
    approval_on_wire,
)
from protocol.wire import JsonObject


@pytest.mark.parametrize(
    ("level", "policy", "profile"),
    [
        (None, "on-request", ":read-only"),
        ("trusted", "on-request", ":workspace"),
        ("untrusted", "untrusted", ":workspace"),
    ],
)
def test_trust_decides_what_holds_by_default(
    machine: Machine, level: str | None, policy: str, profile: str
) -> None:
    project = machine.project()

    config = machine.load(machine.decide(level, project) if level else "", cwd=project)

    wire: JsonObject = {"type": "readOnly", "networkAccess": False}
    assert config.trust_level == level
    assert (config.approval_policy, config.permission_profile) == (policy, profile)
    assert config.sandbox.to_wire() == (workspace_write(machine.memories()) if level else wire)


def test_a_plain_mode_is_no_profile_and_has_the_configured_roots(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    text = 'sandbox_mode = "workspace-write"\n[sandbox_workspace_write]\nwritable_roots = ["x", "~/y"]\n'

    config = machine.load(text + "network_access = true\n")

    roots = (str(machine.home / "x"), "/home/me/y")
    assert config.permission_profile is None
    assert config.workspace_roots == (str(machine.work), *roots)
    assert config.sandbox.to_wire() == workspace_write(*roots, machine.memories(), network=True)


def test_settings_for_workspace_write_count_for_a_trusted_project_by_default(machine: Machine) -> None:
    project = machine.project()
    text = machine.decide("trusted", project) + "[sandbox_workspace_write]\nnetwork_access = true\n"

    config = machine.load(text, cwd=project)

    assert config.permission_profile is None
    assert config.sandbox.to_wire() == workspace_write(machine.memories(), network=True)


SETTINGS = '[sandbox_workspace_write]\nnetwork_access = true\nwritable_roots = ["/x"]\n'
PROFILED = 'default_permissions = ":workspace"\n'
READ_ONLY = 'sandbox_mode = "read-only"\n'
FULL_ACCESS = ":danger-full-access"
CUSTOM = """
[permissions.dev.filesystem]
":root" = "read"
":workspace_roots" = "write"
"/opt/y" = "write"
":tmpdir" = "write"
[permissions.dev.network]
enabled = true
[permissions.reader.filesystem]
":root" = "read"
[permissions.all.filesystem]
":root" = "write"
"""


@pytest.mark.parametrize(
    ("text", "flags", "typed", "mode", "profile"),
    [
        (PROFILED + 'sandbox_mode = "read-only"\n', [], {}, "workspace-write", ":workspace"),
        (PROFILED, ["sandbox_mode=read-only"], {}, "read-only", None),
        (READ_ONLY, ['default_permissions=":workspace"'], {}, "workspace-write", ":workspace"),
        (PROFILED, [], {"sandbox_mode": "danger-full-access"}, "danger-full-access", None),
        (READ_ONLY, [], {"permissions": FULL_ACCESS}, "danger-full-access", FULL_ACCESS),
        (PROFILED + 'profile = "p"\n[profiles.p]\nsandbox_mode = "read-only"\n',
         ["sandbox_mode=danger-full-access"], {}, "read-only", None),
        (CUSTOM, ['default_permissions="dev"'], {}, "workspace-write", "dev"),
        (CUSTOM, [], {"permissions": "reader"}, "read-only", "reader"),
        (CUSTOM, [], {"permissions": "all"}, "external-sandbox", "all"),
    ],
)  # fmt: skip
def test_the_highest_source_decides_between_mode_and_profile(
    machine: Machine, text: str, flags: list[str], typed: dict[str, str], mode: str, profile: str | None
) -> None:
    overrides = TypedOverrides(**typed)  # type: ignore[arg-type] - the words of the cases are valid ones

    config = machine.load(text, *flags, typed=overrides)

    assert (config.sandbox.mode, config.permission_profile) == (mode, profile)


def test_a_profile_of_ones_own_is_brought_to_the_nearest_policy(machine: Machine) -> None:
    config = machine.load(CUSTOM + SETTINGS, typed=TypedOverrides(permissions="dev"))

    assert config.workspace_roots == (str(machine.work),)
    assert config.sandbox == SandboxPolicy(
        "workspace-write",
        ("/opt/y", machine.memories()),
        network_access=True,
        exclude_tmpdir_env_var=False,
        exclude_slash_tmp=True,
    )


def test_roots_given_at_run_time_replace_the_workspace(machine: Machine) -> None:
    typed = TypedOverrides(sandbox_mode="workspace-write", runtime_workspace_roots=("/a", str(machine.work)))

    config = machine.load(SETTINGS, typed=typed)

    assert config.workspace_roots == ("/a", str(machine.work))
    assert config.sandbox.writable_roots == ("/a", "/x", machine.memories())


@pytest.mark.parametrize("mode", ["read-only", "workspace-write", "danger-full-access"])
def test_a_policy_survives_wire_and_record(machine: Machine, mode: SandboxMode) -> None:
    policy = machine.load(SETTINGS, typed=TypedOverrides(sandbox_mode=mode)).sandbox

    assert SandboxPolicy.from_wire(policy.to_wire()) == policy
    assert SandboxPolicy.from_wire(policy.to_record()) == policy


def test_missing_fields_of_a_policy_take_their_defaults() -> None:
    assert SandboxPolicy.from_wire({"type": "workspaceWrite"}) == SandboxPolicy("workspace-write")
    external: JsonObject = {"type": "externalSandbox", "networkAccess": "enabled"}
    assert SandboxPolicy.from_wire(external) == SandboxPolicy("external-sandbox", network_access=True)


def test_a_granular_policy_echoes_every_switch(machine: Machine) -> None:
    text = (
        "approval_policy = {granular = {sandbox_approval = true, rules = false, mcp_elicitations = true}}\n"
    )

    policy = machine.load(text).approval_policy

    assert policy == GranularApproval(sandbox_approval=True, rules=False, mcp_elicitations=True)
    assert approval_on_wire(policy) == {
        "granular": {
            "sandbox_approval": True,
            "rules": False,
            "skill_approval": False,
            "request_permissions": False,
            "mcp_elicitations": True,
        }
    }


@pytest.mark.parametrize("word", ["auto_review", "guardian_subagent"])
def test_both_names_of_the_automatic_reviewer_mean_the_same(machine: Machine, word: str) -> None:
    assert machine.load(f'approvals_reviewer = "{word}"\n').approvals_reviewer == "auto_review"
