"""Sandbox, approval, trust, features and the other settings that decide which sections there are."""

from itertools import product

from prompt_peers.site import Case

SANDBOXES = (None, "read-only", "workspace-write", "danger-full-access")
POLICIES = (None, "untrusted", "on-failure", "on-request", "never")
TRUSTS = (None, "trusted", "untrusted")
GRANULAR = "approval_policy={granular={sandbox_approval=%s,rules=%s,mcp_elicitations=%s%s}}"
RULES = """
prefix_rule(pattern=["git", "status"], decision="allow")
prefix_rule(pattern=["npm", ["test", "run"]], decision="allow")
prefix_rule(pattern=["ls"], decision="allow")
prefix_rule(pattern=["rm"], decision="forbidden")
prefix_rule(pattern=["curl"], decision="prompt")
"""
MANY_RULES = "".join(
    f'prefix_rule(pattern=["cmd{n:03}", "{"x" * (n % 60)}"], decision="allow")\n' for n in range(130)
)
MODEL_FILE = "Only these instructions.\n"


def _matrix() -> list[Case]:
    """Every sandbox with every approval policy and every trust."""
    cases: list[Case] = []
    for sandbox, policy, trust in product(SANDBOXES, POLICIES, TRUSTS):
        words = (*(("-s", sandbox) if sandbox else ()), *(("-a", policy) if policy else ()))
        name = f"{sandbox or 'no sandbox'}, {policy or 'no policy'}, {trust or 'no trust'}"
        cases.append(Case(name, trust=trust, before=words))
    return cases


def _with(name: str, *overrides: str, before: tuple[str, ...] = (), **more: str) -> Case:
    words = tuple(word for override in overrides for word in ("-c", override))
    return Case(name, before=(*before, *words), config=more.get("config", ""))


def _granular() -> list[Case]:
    cases: list[Case] = []
    for one, two, three in product(("true", "false"), repeat=3):
        override = GRANULAR % (one, two, three, "")
        cases.append(_with(f"granular {one} {two} {three}", override))
    full = GRANULAR % ("true", "true", "false", ",skill_approval=true,request_permissions=true")
    for features in ((), ("request_permissions_tool",), ("exec_permission_approvals",), _PERMISSION_FEATURES):
        words = tuple(word for feature in features for word in ("--enable", feature))
        cases.append(_with(f"granular with {', '.join(features) or 'no feature'}", full, before=words))
    return cases


_PERMISSION_FEATURES = ("request_permissions_tool", "exec_permission_approvals")


def _features() -> list[Case]:
    return [
        Case(
            f"{policy} with {', '.join(features)}",
            before=("-a", policy, *(word for feature in features for word in ("--enable", feature))),
        )
        for policy in ("on-request", "never", "untrusted")
        for features in (*((one,) for one in _PERMISSION_FEATURES), _PERMISSION_FEATURES)
    ]


def _reviewer() -> list[Case]:
    return [
        _with(f"reviewer with {policy}", 'approvals_reviewer="auto_review"', before=("-a", policy))
        for policy in ("on-request", "never", "untrusted")
    ]


_WRITE = ("-s", "workspace-write")

SETTINGS: tuple[Case, ...] = (
    *_matrix(),
    *_granular(),
    *_features(),
    *_reviewer(),
    Case("bypass", before=("--dangerously-bypass-approvals-and-sandbox",)),
    Case("rules", files={"home/rules/default.rules": RULES}),
    Case("rules of two files", files={"home/rules/a.rules": RULES, "home/rules/b.rules": MANY_RULES[:400]}),
    Case("rules that do not parse", files={"home/rules/bad.rules": "prefix_rule(pattern=["}),
    Case("too many rules", files={"home/rules/default.rules": MANY_RULES}),
    Case("rules and untrusted", files={"home/rules/default.rules": RULES}, before=("-a", "untrusted")),
    Case(
        "rules and granular",
        files={"home/rules/default.rules": RULES},
        before=("-c", GRANULAR % ("true", "false", "true", "")),
    ),
    Case(
        "rules of a trusted project",
        files={"work/.codex/rules/p.rules": RULES, "work/.git/": ""},
        trust="trusted",
    ),
    Case("rules of a project", files={"work/.codex/rules/p.rules": RULES, "work/.git/": ""}),
    _with("network", "sandbox_workspace_write.network_access=true", before=_WRITE),
    _with("no /tmp", "sandbox_workspace_write.exclude_slash_tmp=true", before=_WRITE),
    _with(
        "no temporary folder",
        "sandbox_workspace_write.exclude_tmpdir_env_var=true",
        "sandbox_workspace_write.exclude_slash_tmp=true",
        before=_WRITE,
    ),
    Case("TMPDIR", before=_WRITE, env={"TMPDIR": "{user}/tmp dir"}, files={"user/tmp dir/": ""}),
    Case("TMPDIR that is not there", before=_WRITE, env={"TMPDIR": "{user}/nowhere"}),
    Case("relative TMPDIR", before=_WRITE, env={"TMPDIR": "tmp"}, files={"work/tmp/": ""}),
    Case("TMPDIR is /tmp", before=_WRITE, env={"TMPDIR": "/tmp"}),
    Case(
        "added folders",
        before=(
            *_WRITE,
            "--add-dir",
            "sub",
            "--add-dir",
            "/opt",
            "--add-dir",
            "{user}/../user",
            "--add-dir",
            "/opt",
        ),
        files={"work/sub/": ""},
    ),
    Case("added folder that is a link", before=(*_WRITE, "--add-dir", "{user}/l"), links={"user/l": "/opt"}),
    Case("added folders while reading only", before=("-s", "read-only", "--add-dir", "/opt")),
    Case("added folders without a sandbox", before=("-s", "danger-full-access", "--add-dir", "/opt")),
    _with("writable roots", 'sandbox_workspace_write.writable_roots=["/zz", "/a/b", "/a-b"]', before=_WRITE),
    Case("folder", before=("-C", "{user}", *_WRITE)),
    Case("relative folder", before=("-C", "sub", *_WRITE), files={"work/sub/": ""}),
    Case("folder that is not there", before=("-C", "{user}/nowhere", *_WRITE)),
    Case(
        "started with a folder through a link", before=("-C", "{user}/l", *_WRITE), links={"user/l": "{work}"}
    ),
    Case("started in a link", cwd="user/l", links={"user/l": "{work}"}, before=_WRITE),
    Case(
        "started in a deep folder", cwd="work/a/b", files={"work/a/b/": "", "work/.git/": ""}, trust="trusted"
    ),
    Case("odd characters in a path", files={"work/a & <b> é/": ""}, cwd="work/a & <b> é", before=_WRITE),
    Case("trusted by a folder above", files={"work/sub/": ""}, cwd="work/sub", trust="trusted"),
    Case(
        "untrusted inside of a repository",
        files={"work/.git/": "", "work/sub/": ""},
        cwd="work/sub",
        trust="untrusted",
    ),
    Case("another zone", env={"TZ": "Pacific/Kiritimati"}),
    Case("another shell", env={"SHELL": "/bin/zsh"}),
    _with("no permissions", "include_permissions_instructions=false"),
    _with("no environment", "include_environment_context=false"),
    _with("no skills", "skills.include_instructions=false"),
    _with(
        "no context",
        "include_permissions_instructions=false",
        "include_environment_context=false",
        "skills.include_instructions=false",
    ),
    _with("no apps", "include_apps_instructions=false"),
    Case("developer instructions", config='developer_instructions = """ two\n lines \n"""\n'),
    _with("blank developer instructions", 'developer_instructions="  "'),
    _with("empty developer instructions", 'developer_instructions=""'),
    _with(
        "developer instructions without permissions",
        "include_permissions_instructions=false",
        "developer_instructions=x",
    ),
    _with(
        "a hint on agents",
        'features.multi_agent_v2={enabled=true,root_agent_usage_hint_text="a\\nb",subagent_usage_hint_text="s"}',
    ),
    _with(
        "a hint on agents that are off",
        'features.multi_agent_v2={enabled=false,root_agent_usage_hint_text="x"}',
    ),
    _with("agents without a hint", "features.multi_agent_v2=true"),
    _with("an empty hint", 'features.multi_agent_v2={enabled=true,root_agent_usage_hint_text=""}'),
    *(_with(f"personality {one}", f"personality={one}") for one in ("none", "friendly", "pragmatic")),
    Case("no personality", before=("--disable", "personality")),
    *(
        Case(f"model {slug}", before=("-m", slug))
        for slug in ("gpt-5.5", "gpt-5.4", "gpt-5.4-mini", "gpt-5.3-codex", "gpt-5.2", "unheard-of")
    ),
    Case(
        "a profile",
        config='profile = "p"\n[profiles.p]\nsandbox_mode = "workspace-write"\napproval_policy = "never"\n',
    ),
    Case(
        "a profile of the command line",
        config='[profiles.p]\nmodel = "gpt-5.2"\napproval_policy = "untrusted"\n',
        before=("-p", "p"),
    ),
    Case(
        "a profile without permissions",
        config="[profiles.p]\ninclude_permissions_instructions = false\n",
        before=("-p", "p"),
    ),
    Case("no such profile", before=("-p", "nope")),
    Case(
        "a file of instructions",
        files={"home/m.md": MODEL_FILE},
        config='model_instructions_file = "{home}/m.md"\n',
    ),
    Case("no such file of instructions", config='model_instructions_file = "{home}/m.md"\n'),
    Case("live search", before=("--search",)),
    Case("another provider", before=("-c", "model_provider=ollama")),
    Case("no such provider", before=("-c", "model_provider=nope")),
    Case("no such feature", before=("--enable", "nope")),
    Case("a bad value", before=("-c", "approval_policy=sometimes")),
    Case("a bad file", config="model = \n"),
    Case("a value of the wrong type", config="model = 5\n"),
    Case("an override without a value", before=("-c", "model")),
    Case(
        "an override of both levels",
        before=("-c", "developer_instructions=a"),
        after=("-c", "developer_instructions=b", "x"),
    ),
    Case(
        "features of both levels",
        before=("--enable", "child_agents_md"),
        after=("--disable", "child_agents_md", "x"),
    ),
    Case("an option that is none", before=("--nope",)),
    Case("a sandbox that is none", before=("-s", "open")),
    Case(
        "config of a trusted project",
        trust="trusted",
        files={"work/.git/": "", "work/.codex/config.toml": 'developer_instructions = "p"\n'},
    ),
    Case(
        "config of a project",
        files={"work/.git/": "", "work/.codex/config.toml": 'developer_instructions = "p"\n'},
    ),
    Case(
        "config of nested projects",
        trust="trusted",
        cwd="work/sub",
        files={
            "work/.git/": "",
            "work/.codex/config.toml": 'developer_instructions = "p"\napproval_policy = "never"\n',
            "work/sub/.codex/config.toml": 'developer_instructions = "s"\n',
        },
    ),
    Case(
        "requirements on the network",
        files={
            "etc/codex/requirements.toml": (
                "[experimental_network]\nenabled = true\n[experimental_network.domains]\n"
                '"b.example" = "allow"\n"a.example" = "allow"\n"c.example" = "deny"\n'
            )
        },
    ),
    Case(
        "requirements on the network without domains",
        files={"etc/codex/requirements.toml": "[experimental_network]\nenabled = false\n"},
    ),
    Case(
        "requirements on approval",
        files={"etc/codex/requirements.toml": 'allowed_approval_policies = ["untrusted"]\n'},
    ),
    Case("config of the system", files={"etc/codex/config.toml": 'developer_instructions = "sys"\n'}),
)
