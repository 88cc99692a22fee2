"""What a model is told of its tools: which, in which order, with which parameters (tools.md §1)."""

import json

import pytest
from support.signature import names, signature, signatures
from support.tools import tool_context

from app_server.model.bundled import BUNDLED
from app_server.tools.context import McpServer, McpTool, ToolContext, WebSearch
from app_server.tools.dynamic import DynamicTool
from app_server.tools.toolbox import tool_specs
from protocol.wire import JsonObject

SHELL = ["exec_command", "write_stdin"]
AGENTS = ["spawn_agent", "send_input", "resume_agent", "wait_agent", "close_agent"]
INPUT_ITEMS = "items:[{image_url name path text type}]"
APPROVAL = "justification login:boolean"
RIGHTS = "{file_system:{read:[] write:[]} network:{enabled:boolean}}"

DESCRIBED = {
    "exec_command": (
        f"cmd* {APPROVAL} max_output_tokens:number prefix_rule:[] sandbox_permissions shell tty:boolean "
        "workdir yield_time_ms:number"
    ),
    "write_stdin": "chars max_output_tokens:number session_id:number* yield_time_ms:number",
    "shell_command": f"command* {APPROVAL} prefix_rule:[] sandbox_permissions timeout_ms:number workdir",
    "list_mcp_resources": "cursor server",
    "list_mcp_resource_templates": "cursor server",
    "read_mcp_resource": "server* uri*",
    "update_plan": "explanation plan:[{status* step*}]*",
    "get_goal": "",
    "create_goal": "objective* token_budget:integer",
    "update_goal": "status*",
    "request_user_input": "questions:[{header* id* options:[{description* label*}]* question*}]*",
    "request_permissions": f"permissions:{RIGHTS}* reason",
    "view_image": "detail path*",
    "spawn_agent": (
        f"agent_type fork_context:boolean {INPUT_ITEMS} message model reasoning_effort service_tier"
    ),
    "send_input": f"interrupt:boolean {INPUT_ITEMS} message target*",
    "resume_agent": "id*",
    "wait_agent": "targets:[]* timeout_ms:number",
    "close_agent": "target*",
    "spawn_agents_on_csv": (
        "csv_path* id_column instruction* max_concurrency:number max_runtime_seconds:number "
        "max_workers:number output_csv_path output_schema:{}"
    ),
    "tool_search": "limit:number query*",
}
DESCRIBED_V2 = {
    "spawn_agent": "agent_type fork_turns message* model reasoning_effort service_tier task_name*",
    "send_message": "message* target*",
    "followup_task": "message* target*",
    "wait_agent": "timeout_ms:number",
    "close_agent": "target*",
    "list_agents": "path_prefix",
}


def described(context: ToolContext) -> tuple[JsonObject, ...]:
    """All tools that are described, those that cannot be run yet included."""
    return tool_specs(context, executable_only=False)


def named(context: ToolContext, name: str) -> JsonObject:
    (found,) = [spec for spec in described(context) if spec.get("name", spec["type"]) == name]
    return found


@pytest.mark.parametrize("model", [info.slug for info in BUNDLED])
def test_a_model_sees_its_tools_in_the_order_that_it_knows(model: str) -> None:
    assert names(described(tool_context(model))) == [
        *SHELL,
        *("update_plan", "request_user_input", "apply_patch", "view_image"),
        *AGENTS,
        "web_search",
    ]


def test_a_model_that_nobody_knows_gets_no_patch_tool() -> None:
    known, unknown = names(described(tool_context())), names(described(tool_context("somebody/else")))

    assert [name for name in known if name not in unknown] == ["apply_patch"]


def test_everything_on() -> None:
    context = tool_context(
        on=["goals", "request_permissions_tool", "enable_fanout", "code_mode"],
        chatgpt_login=True,
        mcp_servers=(McpServer("srv", None, (McpTool("echo", "", {}),)),),
        dynamic_tools=(
            DynamicTool("mine", "", {}),
            DynamicTool("hidden", "", {}, namespace="n", deferred=True),
        ),
    )

    assert names(described(context)) == [
        *("exec", "wait"),
        *SHELL,
        *("list_mcp_resources", "list_mcp_resource_templates", "read_mcp_resource"),
        *("update_plan", "get_goal", "create_goal", "update_goal"),
        *("request_user_input", "request_permissions", "apply_patch", "view_image"),
        *AGENTS,
        *("spawn_agents_on_csv", "mcp__srv__", "mine", "tool_search", "web_search", "image_generation"),
    ]


@pytest.mark.parametrize("name", [name for name in DESCRIBED if name != "shell_command"])
def test_a_tool_takes_what_the_models_were_taught(name: str) -> None:
    context = tool_context(
        on=["goals", "request_permissions_tool", "enable_fanout"],
        mcp_servers=(McpServer("srv", None, ()),),
        dynamic_tools=(DynamicTool("hidden", "", {}, namespace="n", deferred=True),),
    )

    assert signature(named(context, name)) == f"{name}({DESCRIBED[name]})"


def test_the_second_form_of_agents_replaces_the_first() -> None:
    context = tool_context(on=["multi_agent_v2"])

    specs = [spec for spec in described(context) if spec.get("name") in DESCRIBED_V2]

    assert signatures(specs) == [f"{name}({parameters})" for name, parameters in DESCRIBED_V2.items()]
    assert not {"send_input", "resume_agent"} & set(names(described(context)))


@pytest.mark.parametrize(
    ("off", "tools"),
    [(["unified_exec"], ["shell_command"]), (["shell_tool"], []), (["shell_tool", "unified_exec"], [])],
)
def test_features_choose_the_shell(off: list[str], tools: list[str]) -> None:
    listed = names(described(tool_context(off=off)))

    assert [name for name in listed if name in (*SHELL, "shell_command")] == tools


def test_the_plain_shell_takes_a_script() -> None:
    spec = named(tool_context(off=["unified_exec"]), "shell_command")

    assert signature(spec) == f"shell_command({DESCRIBED['shell_command']})"


def test_without_an_environment_nothing_touches_a_machine() -> None:
    assert names(described(tool_context(environments=0))) == [
        *("update_plan", "request_user_input"),
        *AGENTS,
        "web_search",
    ]


def test_with_several_environments_the_model_names_one() -> None:
    context = tool_context(environments=2)

    for name in ("exec_command", "view_image"):
        assert "environment_id" in signature(named(context, name))


def test_login_shells_can_be_ruled_out() -> None:
    spec = named(tool_context(allow_login_shell=False), "exec_command")

    assert "login" not in signature(spec)


@pytest.mark.parametrize("shell", ["exec_command", "shell_command"])
def test_a_feature_lets_commands_ask_for_single_rights(shell: str) -> None:
    off = [] if shell == "exec_command" else ["unified_exec"]

    spec = named(tool_context(on=["exec_permission_approvals"], off=off), shell)

    assert f"additional_permissions:{RIGHTS} " in signature(spec)


def test_only_some_models_look_at_images_in_full() -> None:
    views = [signature(named(tool_context(model), "view_image")) for model in ("gpt-5.4", "gpt-5.2")]

    assert views == ["view_image(detail path*)", "view_image(path*)"]


def test_ephemeral_threads_have_no_goals() -> None:
    assert "get_goal" not in names(described(tool_context(on=["goals"], ephemeral=True)))


def test_an_agent_at_the_last_depth_has_no_agents() -> None:
    for feature in ("multi_agent", "multi_agent_v2"):
        assert "spawn_agent" not in names(described(tool_context(on=[feature], may_spawn_agents=False)))


def test_code_mode_alone_hides_the_rest() -> None:
    assert names(described(tool_context(on=["code_mode_only"]))) == ["exec", "wait"]


def test_the_patch_tool_takes_text_in_its_own_language() -> None:
    spec = named(tool_context(), "apply_patch")

    form = spec["format"]
    assert isinstance(form, dict)
    assert (spec["type"], form["type"], form["syntax"]) == ("custom", "grammar", "lark")
    for marker in ("Begin Patch", "End Patch", "Add File: ", "Delete File: ", "Update File: ", "Move to: "):
        assert f"*** {marker}" in str(form["definition"])


@pytest.mark.parametrize(
    ("model", "search", "spec"),
    [
        (
            "gpt-5.4",
            WebSearch(live=False),
            {
                "type": "web_search",
                "external_web_access": False,
                "search_content_types": ["text", "image"],
            },
        ),
        ("gpt-5.2", WebSearch(live=True), {"type": "web_search", "external_web_access": True}),
        (
            "gpt-5.2",
            WebSearch(
                live=True,
                context_size="high",
                allowed_domains=("a.x",),
                location=(("country", "FR"), ("city", "Paris")),
            ),
            {
                "type": "web_search",
                "external_web_access": True,
                "filters": {"allowed_domains": ["a.x"]},
                "user_location": {"type": "approximate", "country": "FR", "city": "Paris"},
                "search_context_size": "high",
            },
        ),
    ],
)
def test_the_providers_search_is_set_up_in_its_own_words(
    model: str, search: WebSearch, spec: JsonObject
) -> None:
    assert named(tool_context(model, web_search=search), "web_search") == spec


def test_a_search_that_is_switched_off_is_not_offered() -> None:
    assert "web_search" not in names(described(tool_context(web_search=None)))


def test_a_turn_offers_only_what_this_server_can_run() -> None:
    context = tool_context(
        on=["goals", "request_permissions_tool", "enable_fanout", "code_mode_only", "multi_agent_v2"],
        chatgpt_login=True,
        mcp_servers=(McpServer("srv", None, (McpTool("echo", "", {}),)),),
        dynamic_tools=(DynamicTool("mine", "", {}),),
    )

    assert names(tool_specs(context)) == [
        *("exec_command", "write_stdin"),
        *("list_mcp_resources", "list_mcp_resource_templates", "read_mcp_resource"),
        *("update_plan", "get_goal", "create_goal", "update_goal", "request_user_input"),
        *("request_permissions", "apply_patch", "view_image"),
        *("spawn_agent", "send_message", "followup_task", "wait_agent", "close_agent", "list_agents"),
        *("mcp__srv__", "mine", "web_search", "image_generation"),
    ]


def test_a_client_cannot_take_the_name_of_a_built_in_tool() -> None:
    context = tool_context(dynamic_tools=(DynamicTool("update_plan", "mine", {}),))

    (plan,) = [spec for spec in tool_specs(context) if spec.get("name") == "update_plan"]

    assert plan["description"] != "mine"


def test_every_tool_says_what_it_is_for() -> None:
    context = tool_context(on=["goals", "request_permissions_tool", "enable_fanout", "code_mode"])
    hosted = ("web_search", "image_generation")

    silent = [
        name
        for name, spec in zip(names(described(context)), described(context), strict=True)
        if not spec.get("description") and name not in hosted
    ]

    assert silent == []


def test_the_tools_of_a_plain_turn_stay_small() -> None:
    """They are sent with every request and fill the model's window."""
    assert len(json.dumps(tool_specs(tool_context()))) < 11_000
    assert len(json.dumps(described(tool_context()))) < 12_000
