"""What people seldom write on the command line or allow: odd spellings of options, odd rules and roots."""

from prompt_peers.cases_of_input import PICTURES
from prompt_peers.cases_of_skills import GIT
from prompt_peers.site import Case

NESTED = {**GIT, "work/AGENTS.md": "root\n", "work/a/AGENTS.md": "a\n"}
WRITE = ("-s", "workspace-write")

ODD_RULES = """
prefix_rule(pattern=["a b", "c\\"d", "é"])
prefix_rule(pattern=["z"], decision="allow", justification="why")
prefix_rule(pattern=["b"], match=["b c"])
# nothing
prefix_rule(pattern=[["x", "y"], "z"])
"""


def _overridden(name: str, *overrides: str, before: tuple[str, ...] = ()) -> Case:
    return Case(name, before=(*before, *(word for one in overrides for word in ("-c", one))))


OPTIONS: tuple[Case, ...] = (
    Case(
        "options with equal signs",
        before=("--model=gpt-5.4", "--sandbox=read-only", "--ask-for-approval=never"),
    ),
    Case("short options with their values", before=("-mgpt-5.4", "-sworkspace-write", "-anever", "-C{user}")),
    Case("short options with equal signs", before=("-m=gpt-5.4", "-s=workspace-write")),
    Case("a folder by its long name", before=("--cd", "{user}")),
    Case("an approval that is none", before=("-a", "sometimes")),
    Case("an option without its value", before=("-m",)),
    Case("bypass and a sandbox", before=("--dangerously-bypass-approvals-and-sandbox", "-s", "read-only")),
    Case("bypass by its short name", before=("--yolo",)),
    Case(
        "a feature on and off",
        before=("--enable", "child_agents_md", "--disable", "child_agents_md"),
        files=NESTED,
    ),
    Case(
        "a feature off and on",
        before=("--disable", "child_agents_md", "--enable", "child_agents_md"),
        files=NESTED,
    ),
    Case("a feature by a key", before=("-c", "features.child_agents_md=true"), files=NESTED),
    Case("a feature that is no switch", before=("-c", "features.plugins=5")),
    Case(
        "the same override twice", before=("-c", "developer_instructions=a", "-c", "developer_instructions=b")
    ),
    _overridden("an override with equal signs", "developer_instructions=a=b=c"),
    _overridden("an override with blanks", " developer_instructions =  padded "),
    _overridden("an override of a table", "skills={include_instructions=false}"),
    _overridden("an override of nothing", "=x"),
    Case("strictness that no debug command has", before=("--strict-config",)),
    _overridden("an override of a part that is no table", "model.x=5"),
    _overridden("an override that nobody knows", "no_such_key=5"),
    _overridden("an override as JSON", 'sandbox_workspace_write={"network_access": true}', before=WRITE),
    Case("an override by its long name", before=("--config", "include_environment_context=false")),
    Case("options after the prompt", after=("x", "--enable", "child_agents_md"), files=NESTED),
    Case("a picture by its long name", files=PICTURES, after=("--image", "a.png", "--", "x")),
    Case("pictures and commas", files=PICTURES, after=("-i", "a.png,,b.jpg", "--", "x")),
    Case("a picture with no name", after=("-i", "", "--", "x")),
    Case("a local provider", before=("--oss",)),
    Case("a local provider by name", before=("--oss", "--local-provider", "ollama")),
    Case("options that change nothing", before=("--no-alt-screen", "--dangerously-bypass-hook-trust")),
    Case("a hook's trust twice", before=("--no-alt-screen", "--no-alt-screen")),
    Case(
        "a profile with a personality", config='[profiles.p]\npersonality = "friendly"\n', before=("-p", "p")
    ),
    Case("a profile twice", config="[profiles.p]\n[profiles.q]\n", before=("-p", "p", "-p", "q")),
    Case(
        "a profile and options",
        config='[profiles.p]\nsandbox_mode = "workspace-write"\n',
        before=("-p", "p", "-s", "read-only"),
    ),
    Case(
        "a profile against the file",
        config='approval_policy = "never"\n[profiles.p]\napproval_policy = "untrusted"\n',
        before=("-p", "p"),
    ),
)

PERMISSIONS: tuple[Case, ...] = (
    Case(
        "rules with odd words",
        files={
            "home/rules/r.rules": ODD_RULES,
        },
    ),
    Case(
        "rules that are equal",
        files={"home/rules/a.rules": 'prefix_rule(pattern=["a"])\nprefix_rule(pattern=["a"])\n'},
    ),
    Case("an empty rule", files={"home/rules/a.rules": "prefix_rule(pattern=[])\n"}),
    Case(
        "rules in other files",
        files={
            "home/rules/a.txt": 'prefix_rule(pattern=["a"])\n',
            "home/rules/sub/b.rules": 'prefix_rule(pattern=["b"])\n',
        },
    ),
    Case(
        "a decision that is none",
        files={"home/rules/a.rules": 'prefix_rule(pattern=["a"], decision="maybe")\n'},
    ),
    Case(
        "rules of equal length",
        files={
            "home/rules/a.rules": "".join(
                f'prefix_rule(pattern=["{one}"])\n' for one in ("bb", "ab", "a", "B", "é", "ba")
            )
        },
    ),
    Case(
        "a rule of the longest list",
        files={"home/rules/a.rules": "".join(f'prefix_rule(pattern=["c{n}"])\n' for n in range(100))},
    ),
    Case(
        "a rule too many",
        files={"home/rules/a.rules": "".join(f'prefix_rule(pattern=["c{n}"])\n' for n in range(101))},
    ),
    Case(
        "rules of too many characters",
        files={"home/rules/a.rules": "".join(f'prefix_rule(pattern=["{"é" * 90}{n}"])\n' for n in range(60))},
    ),
    _overridden("a relative writable root", 'sandbox_workspace_write.writable_roots=["sub"]', before=WRITE),
    _overridden("writable roots of the home", 'sandbox_workspace_write.writable_roots=["~/x"]', before=WRITE),
    _overridden(
        "writable roots with odd ends",
        'sandbox_workspace_write.writable_roots=["/a/", "/a", "/a/./b/../c", "//d"]',
        before=WRITE,
    ),
    Case("the folder itself is added", before=(*WRITE, "--add-dir", ".", "--add-dir", "{work}")),
    Case("an added folder that is not there", before=(*WRITE, "--add-dir", "nowhere")),
    Case("an added folder with no name", before=(*WRITE, "--add-dir", "")),
    Case("an added folder above", before=(*WRITE, "--add-dir", ".."), cwd="work/a", files={"work/a/": ""}),
    Case(
        "an added folder and another folder",
        before=(*WRITE, "-C", "{user}", "--add-dir", "sub"),
        files={"user/sub/": ""},
    ),
    Case("an added file", before=(*WRITE, "--add-dir", "f"), files={"work/f": ""}),
    Case("the home through a link", env={"CODEX_HOME": "{user}/h"}, links={"user/h": "{home}"}, before=WRITE),
    Case("two temporary folders", env={"TMPDIR": "{user}", "TMP": "/x", "TEMP": "/y"}, before=WRITE),
    Case("an empty TMPDIR", env={"TMPDIR": ""}, before=WRITE),
    Case("TMPDIR through a link", env={"TMPDIR": "{user}/t"}, links={"user/t": "{work}"}, before=WRITE),
    Case(
        "trust by a link",
        config='[projects."{user}/l"]\ntrust_level = "trusted"\n',
        cwd="user/l",
        links={"user/l": "{work}"},
    ),
    Case("trust of the repository from below", files={**GIT, "work/a/": ""}, cwd="work/a", trust="trusted"),
    Case("trust that is none", config='[projects."{work}"]\ntrust_level = "maybe"\n'),
    Case("a folder that is a file", files={"work/f": ""}, before=("-C", "f")),
    Case("a relative folder that is not there", before=("-C", "a/../nowhere", *WRITE)),
    Case("an empty folder", before=("-C", "")),
    Case("no HOME", env={"HOME": ""}),
    Case("a zone that is none", env={"TZ": "Nowhere/Land"}),
    Case("a zone by its offset", env={"TZ": "XYZ-14"}),
    *(
        Case(
            f"requirements on the network: {name}",
            files={"etc/codex/requirements.toml": f"[experimental_network]\n{text}\n"},
        )
        for name, text in {
            "one side": '[experimental_network.domains]\n"*.b" = "deny"\n',
            "lists": 'allowed_domains = ["z", "a"]\ndenied_domains = ["y"]\n',
            "nothing": "",
        }.items()
    ),
    Case(
        "requirements on the sandbox",
        files={"etc/codex/requirements.toml": 'allowed_sandbox_modes = ["read-only"]\n'},
        before=WRITE,
    ),
    _overridden("personality of an unknown model", "personality=friendly", before=("-m", "unheard-of")),
    _overridden("a personality that is none", "personality=grumpy"),
    Case(
        "personality and own instructions",
        files={"home/m.md": "Mine.\n"},
        config='model_instructions_file = "{home}/m.md"\npersonality = "friendly"\n',
    ),
    _overridden("instructions by their older name", 'instructions="Mine."'),
)
