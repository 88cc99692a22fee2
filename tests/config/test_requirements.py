import socket

import pytest
from support.machine import Machine

from app_server.config.config import TypedOverrides
from app_server.config.errors import ConfigError
from app_server.config.permissions import SandboxPolicy
from app_server.config.requirements import (
    NotAllowedError,
    check_allowed,
    network_domains,
    requirements_on_wire,
)
from app_server.config.warnings import StartupWarning

RULES = """
allowed_approval_policies = ["on-request", "untrusted"]
allowed_approvals_reviewers = ["user"]
allowed_sandbox_modes = ["read-only", "workspace-write"]
allowed_web_search_modes = ["cached"]
"""


def require(machine: Machine, text: str) -> None:
    machine.write(text, machine.system / "requirements.toml")


def test_a_forbidden_value_falls_back_to_the_first_allowed_one_and_says_so(machine: Machine) -> None:
    require(machine, RULES)
    source = machine.system / "requirements.toml"

    config = machine.load('approval_policy = "never"\nsandbox_mode = "danger-full-access"\n')

    assert (config.approval_policy, config.sandbox) == ("on-request", SandboxPolicy("read-only"))
    assert config.warnings == (
        (
            "Configured value for `sandbox_mode` is disallowed by requirements; falling back to required "
            "value ReadOnly. Details: invalid value for `sandbox_mode`: `DangerFullAccess` is not in the "
            f"allowed set [ReadOnly, WorkspaceWrite] (set by {source})"
        ),
        (
            "Configured value for `approval_policy` is disallowed by requirements; falling back to required "
            "value OnRequest. Details: invalid value for `approval_policy`: `Never` is not in the "
            f"allowed set [OnRequest, UnlessTrusted] (set by {source})"
        ),
    )
    assert machine.loader().startup().warnings == tuple(map(StartupWarning, config.warnings))


def test_values_of_a_request_fall_back_too(machine: Machine) -> None:
    require(machine, RULES)
    typed = TypedOverrides(
        approval_policy="never", approvals_reviewer="auto_review", permissions=":danger-full-access"
    )

    config = machine.load('web_search = "live"\n', typed=typed)

    assert (config.approval_policy, config.approvals_reviewer) == ("on-request", "user")
    assert (config.sandbox.mode, config.permission_profile) == ("read-only", None)
    assert config.web_search == "cached"
    assert len(config.warnings) == 4


def test_allowed_values_stay_and_warn_of_nothing(machine: Machine) -> None:
    require(machine, RULES)

    config = machine.load('approval_policy = "untrusted"\nsandbox_mode = "workspace-write"\n')

    assert (config.approval_policy, config.sandbox.mode, config.warnings) == (
        "untrusted",
        "workspace-write",
        (),
    )


def test_a_turn_that_overrides_against_the_rules_is_refused(machine: Machine) -> None:
    require(machine, RULES)
    requirements = machine.load().requirements

    check_allowed(requirements, approval_policy="untrusted", sandbox=SandboxPolicy("workspace-write"))
    with pytest.raises(NotAllowedError) as policy:
        check_allowed(requirements, approval_policy="on-failure")
    with pytest.raises(NotAllowedError, match="`DangerFullAccess` is not in the allowed set"):
        check_allowed(requirements, sandbox=SandboxPolicy("danger-full-access"))
    with pytest.raises(NotAllowedError, match="`AutoReview` is not in the allowed set"):
        check_allowed(requirements, approvals_reviewer="auto_review")

    assert str(policy.value) == (
        "invalid value for `approval_policy`: `OnFailure` is not in the allowed set "
        f"[OnRequest, UnlessTrusted] (set by {machine.system / 'requirements.toml'})"
    )


def test_the_old_managed_file_allows_its_values_and_what_is_harmless(machine: Machine) -> None:
    machine.write(
        'approval_policy = "never"\nsandbox_mode = "workspace-write"\napprovals_reviewer = "auto_review"\n',
        machine.system / "managed_config.toml",
    )
    require(machine, 'allowed_approval_policies = ["on-request"]\n')

    requirements = machine.load().requirements

    assert requirements.approval_policies is not None
    assert requirements.sandbox_modes is not None
    assert requirements.approvals_reviewers is not None
    assert requirements.approval_policies.values == ("on-request",)
    assert requirements.sandbox_modes.values == ("workspace-write", "read-only")
    assert requirements.approvals_reviewers.values == ("auto_review", "user")


def test_modes_may_depend_on_the_machine(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "Box-7.example")
    require(
        machine,
        'allowed_sandbox_modes = ["read-only"]\n'
        '[[remote_sandbox_config]]\nhostname_patterns = ["other"]\nallowed_sandbox_modes = ["read-only"]\n'
        '[[remote_sandbox_config]]\nhostname_patterns = ["box-*"]\n'
        'allowed_sandbox_modes = ["danger-full-access"]\n',
    )

    assert machine.load().sandbox.mode == "danger-full-access"


def test_requirements_are_told_in_the_words_of_the_wire(machine: Machine) -> None:
    none = requirements_on_wire(machine.load().requirements)
    require(
        machine,
        RULES + 'enforce_residency = "us"\n[feature_requirements]\nmemories = false\n'
        '[experimental_network]\nenabled = true\nallowed_domains = ["b", "a"]\n'
        '[experimental_network.domains]\nc = "deny"\n',
    )
    requirements = machine.load().requirements

    assert none is None
    assert requirements_on_wire(requirements) == {
        "allowedApprovalPolicies": ["on-request", "untrusted"],
        "allowedApprovalsReviewers": ["user"],
        "allowedSandboxModes": ["read-only", "workspace-write"],
        "allowedWebSearchModes": ["cached", "disabled"],
        "allowManagedHooksOnly": None,
        "featureRequirements": {"memories": False},
        "hooks": None,
        "enforceResidency": "us",
        "network": {"enabled": True, "allowedDomains": ["b", "a"], "domains": {"c": "deny"}},
    }
    assert network_domains(requirements) == (("a", "b"), ("c",))
    assert network_domains(machine.loader().defaults().requirements) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("allowed_sandbox_modes = 5\n", "requirements: allowed_sandbox_modes: invalid type: integer `5`"),
        ("allowed_sandbox_modes = []\n", "empty allowed set for `sandbox_mode`"),
        ("a = \n", "requirements.toml:1:5: "),
    ],
)
def test_broken_requirements_are_refused(machine: Machine, text: str, message: str) -> None:
    require(machine, text)

    with pytest.raises(ConfigError) as refused:
        machine.load()

    assert message in str(refused.value)
