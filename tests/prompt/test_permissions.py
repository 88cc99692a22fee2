"""The permissions part says what is allowed and how to ask for more."""

import re
from dataclasses import replace
from typing import Any, get_args

import pytest

from app_server.config.permissions import ApprovalPolicy, GranularApproval, SandboxPolicy
from app_server.model.catalog import lookup
from app_server.prompt.context import TurnContext
from app_server.prompt.permissions import permissions_part

FACTS = TurnContext(
    turn_id="turn-1",
    cwd="/w",
    environments=(),
    current_date=None,
    timezone=None,
    approval_policy="never",
    sandbox=SandboxPolicy("read-only"),
    model=lookup("gpt-5.4")[0],
    base_instructions="",
)
ALL = GranularApproval(
    sandbox_approval=True, rules=True, mcp_elicitations=True, skill_approval=True, request_permissions=True
)
NONE = GranularApproval(sandbox_approval=False, rules=False, mcp_elicitations=False)
POLICIES: tuple[ApprovalPolicy, ...] = ("untrusted", "on-failure", "on-request", "never", ALL, NONE)


def headings(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("# ")]


def categories(text: str) -> list[str]:
    return re.findall(r"^- `(\w+)`$", text, re.MULTILINE)


@pytest.mark.parametrize("mode", get_args(SandboxPolicy.__annotations__["mode"]))
@pytest.mark.parametrize("policy", POLICIES)
def test_the_part_stands_between_its_tags_on_lines_of_its_own(mode: Any, policy: ApprovalPolicy) -> None:
    facts = replace(FACTS, sandbox=SandboxPolicy(mode), approval_policy=policy)

    text = permissions_part(facts)

    assert text.startswith("<permissions instructions>\n")
    assert text.endswith("\n</permissions instructions>")
    assert "{{" not in text
    assert "\n\n</" not in text


@pytest.mark.parametrize(
    ("sandbox", "mode", "network"),
    [
        (SandboxPolicy("read-only"), "read-only", "restricted"),
        (SandboxPolicy("read-only", network_access=True), "read-only", "enabled"),
        (SandboxPolicy("workspace-write"), "workspace-write", "restricted"),
        (SandboxPolicy("danger-full-access"), "danger-full-access", "enabled"),
        (SandboxPolicy("external-sandbox"), "danger-full-access", "restricted"),
        (SandboxPolicy("external-sandbox", network_access=True), "danger-full-access", "enabled"),
    ],
)
def test_the_sandbox_is_named_with_its_network(sandbox: SandboxPolicy, mode: str, network: str) -> None:
    text = permissions_part(replace(FACTS, sandbox=sandbox))

    first = text.splitlines()[1]
    assert f"`sandbox_mode` is `{mode}`" in first
    assert f"Network access is {network}." in first


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("untrusted", []),
        ("on-failure", []),
        ("never", []),
        ("on-request", ["# Escalation Requests"]),
        (ALL, ["# Approval Requests"]),
    ],
)
def test_the_approval_section_begins_on_the_next_line(policy: ApprovalPolicy, expected: list[str]) -> None:
    text = permissions_part(replace(FACTS, approval_policy=policy))

    assert headings(text) == expected
    assert text.splitlines()[2] != ""


def test_untrusted_goes_by_another_name_in_the_text() -> None:
    assert "`unless-trusted`" in permissions_part(replace(FACTS, approval_policy="untrusted"))


def test_the_ways_to_ask_are_told_with_their_parameters() -> None:
    text = permissions_part(replace(FACTS, approval_policy="on-request"))

    assert '`"require_escalated"`' in text
    assert "`justification`" in text
    assert "`prefix_rule`" in text


def test_with_additional_permissions_another_section_takes_the_place() -> None:
    text = permissions_part(replace(FACTS, approval_policy="on-request", exec_permission_approvals=True))

    assert headings(text) == ["# Permission Requests"]
    for word in (
        '`"with_additional_permissions"`',
        "`additional_permissions`",
        "`network.enabled`",
        "`file_system.read`",
        "`file_system.write`",
    ):
        assert word in text


def test_granular_lists_what_may_be_asked_and_what_is_refused() -> None:
    mixed = GranularApproval(sandbox_approval=False, rules=True, mcp_elicitations=True)

    text = permissions_part(replace(FACTS, approval_policy=mixed, request_permissions_tool=True))

    assert categories(text) == [
        "rules",
        "mcp_elicitations",
        "sandbox_approval",
        "skill_approval",
        "request_permissions",
    ]
    assert headings(text) == ["# Approval Requests"]


@pytest.mark.parametrize("policy", [ALL, NONE])
def test_an_empty_granular_list_is_left_out(policy: GranularApproval) -> None:
    text = permissions_part(replace(FACTS, approval_policy=policy))

    assert categories(text) == ["sandbox_approval", "rules", "skill_approval", "mcp_elicitations"]
    assert text.count(":\n- `") == 1


def test_permission_requests_follow_the_granular_lists_if_they_can_be_asked() -> None:
    facts = replace(FACTS, exec_permission_approvals=True)

    assert headings(permissions_part(replace(facts, approval_policy=ALL)))[1:] == ["# Permission Requests"]
    assert headings(permissions_part(replace(facts, approval_policy=NONE)))[1:] == []


def test_the_tool_for_permissions_is_told_where_it_can_be_used() -> None:
    def tells(policy: ApprovalPolicy) -> bool:
        text = permissions_part(replace(FACTS, approval_policy=policy, request_permissions_tool=True))
        return "# request_permissions Tool" in text

    assert [tells(policy) for policy in POLICIES] == [True, True, True, False, True, False]


def test_the_automatic_reviewer_has_the_last_word_unless_nothing_is_asked() -> None:
    def last(policy: ApprovalPolicy) -> bool:
        text = permissions_part(replace(FACTS, approval_policy=policy, auto_review=True))
        return "`approvals_reviewer` is `auto_review`" in text.split("\n\n")[-1]

    assert [last(policy) for policy in POLICIES] == [True, True, True, False, True, True]


def test_approved_prefixes_are_sorted_and_the_first_follows_the_colon() -> None:
    prefixes = (("npm", ("run", "test")), ("git", "status"), ("ls",), ("ls",), ("über",))

    text = permissions_part(replace(FACTS, approval_policy="on-request", approved_prefixes=prefixes))

    section = text.split("\n\n## Approved command prefixes\n")[1]
    first, *others = section.splitlines()
    assert first.endswith(': - ["ls"]')
    assert others == [
        '- ["über"]',
        '- ["git", "status"]',
        '- ["npm", "[run|test]"]',
        "</permissions instructions>",
    ]


def test_policies_that_do_not_match_rules_list_no_prefixes() -> None:
    def lists(policy: ApprovalPolicy) -> bool:
        return "## Approved" in permissions_part(
            replace(FACTS, approval_policy=policy, approved_prefixes=(("ls",),))
        )

    assert [lists(policy) for policy in POLICIES] == [False, False, True, False, True, True]


@pytest.mark.parametrize(("count", "word"), [(101, "x"), (50, "x" * 200)])
def test_too_many_prefixes_are_cut(count: int, word: str) -> None:
    prefixes = tuple((f"{word}{number}",) for number in range(count))

    text = permissions_part(replace(FACTS, approval_policy="on-request", approved_prefixes=prefixes))

    assert text.endswith("...\n[Some commands were truncated]\n</permissions instructions>")


def test_writable_roots_stand_on_one_line_sorted_by_path_and_once_each() -> None:
    sandbox = SandboxPolicy("workspace-write", ("/w-x/a", "/home/memories", "/w/"))

    text = permissions_part(replace(FACTS, sandbox=sandbox, tmpdir="/var/tmp"))

    assert text.splitlines()[-2] == "Writable roots: `/home/memories`, `/tmp`, `/var/tmp`, `/w`, `/w-x/a`."


def test_temporary_folders_can_be_excluded_and_one_root_is_worded_as_one() -> None:
    sandbox = SandboxPolicy("workspace-write", exclude_tmpdir_env_var=True, exclude_slash_tmp=True)

    text = permissions_part(replace(FACTS, sandbox=sandbox, tmpdir="/var/tmp"))

    assert text.splitlines()[-2] == "The only writable root is `/w`."


def test_a_relative_tmpdir_is_taken_from_the_folder_of_the_thread() -> None:
    sandbox = SandboxPolicy("workspace-write", exclude_slash_tmp=True)

    text = permissions_part(replace(FACTS, sandbox=sandbox, tmpdir="t"))

    assert text.splitlines()[-2] == "Writable roots: `/w`, `/w/t`."
