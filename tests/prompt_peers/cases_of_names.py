"""Documents and skills with odd names, in odd places, of odd texts; budgets that end at every place."""

from prompt_peers.cases_of_options import NESTED
from prompt_peers.cases_of_skills import GIT, at, on, plugin, skill
from prompt_peers.site import Case

SWITCHED = "[skills]\nconfig = [{WHERE, enabled = false}]\nbundled = {enabled = false}\n"

ODD_DOCUMENTS: tuple[Case, ...] = (
    *(
        Case(
            f"other name: {name or 'none'}",
            files={**NESTED, "work/b/sub/x.md": "x", "work/b/x.md": "y", "work/b/AGENTS": "z"},
            cwd="work/b",
            config=f"project_doc_fallback_filenames = [{name!r}]\n",
        )
        for name in ("sub/x.md", "./x.md", "../AGENTS.md", "AGENTS", "", "X.md", "sub")
    ),
    Case(
        "other names in their order",
        files={"work/x.md": "x", "work/y.md": "y"},
        config='project_doc_fallback_filenames = ["y.md", "x.md"]\n',
    ),
    Case(
        "another name that is blank",
        files={"work/x.md": " ", "work/y.md": "y"},
        config='project_doc_fallback_filenames = ["x.md", "y.md"]\n',
    ),
    Case(
        "another name for all",
        files={"home/x.md": "global"},
        config='project_doc_fallback_filenames = ["x.md"]\n',
    ),
    *(
        Case(
            f"mark of a root: {mark or 'none'}",
            files={**NESTED, "work/a/in/M": "", "work/a/b/AGENTS.md": "b"},
            cwd="work/a/b",
            config=f"project_root_markers = [{mark!r}]\n",
        )
        for mark in ("in/M", "in", "M", "", ".", "..", "/", "*.md", "AGENTS.md")
    ),
    Case(
        "marks of a root that are no list",
        files=NESTED,
        cwd="work/a",
        config='project_root_markers = "AGENTS.md"\n',
    ),
    Case("a document that is a loop", links={"work/AGENTS.md": "AGENTS.md"}),
    Case("a document below a file", files={"work/AGENTS.md": "x", "home/AGENTS.md/": ""}),
    Case(
        "a global document through a link",
        files={"user/doc": "linked"},
        links={"home/AGENTS.md": "{user}/doc"},
    ),
    Case(
        "a global link to nothing",
        files={"home/AGENTS.md": "mine"},
        links={"home/AGENTS.override.md": "nowhere"},
    ),
    Case("the home is the project", files={"home/AGENTS.md": "mine"}, before=("-C", "{home}")),
    Case(
        "a repository through a link",
        files={"user/r/.git/": "", "user/r/AGENTS.md": "r", "user/r/s/AGENTS.md": "s"},
        links={"work/l": "{user}/r/s"},
        cwd="work/l",
    ),
    *(
        Case(
            f"a cut of {limit} in {name}",
            files={**GIT, "work/AGENTS.md": text, "work/a/AGENTS.md": "second"},
            cwd="work/a",
            config=f"project_doc_max_bytes = {limit}\n",
        )
        for name, text, limit in (
            ("blanks", "    x", 3),
            ("blanks and more", "    x", 4),
            ("a line end", "a\r\nb", 2),
            ("a letter", "é" * 4, 3),
            ("a picture of letters", "👩‍👩‍👧", 5),
            ("bytes that are no text", "ok\u0000", 3),
            ("a whole file", "whole", 5),
            ("all of two", "whole", 11),
            ("almost all of two", "whole", 10),
        )
    ),
    Case("a budget below zero", files=NESTED, config="project_doc_max_bytes = -1\n"),
    Case("a budget with a fraction", files=NESTED, config="project_doc_max_bytes = 1.5\n"),
    Case("a note on documents alone", before=("--enable", "child_agents_md")),
    Case(
        "a note on documents without a budget",
        files=NESTED,
        before=("--enable", "child_agents_md"),
        config="project_doc_max_bytes = 0\n",
    ),
    Case(
        "a note on documents after all",
        files={**NESTED, "home/AGENTS.md": "mine"},
        before=("--enable", "child_agents_md"),
    ),
)

ODD_SKILLS: tuple[Case, ...] = (
    Case("a skill that is a folder", files={"home/skills/a/SKILL.md/": "", **at("home/skills/b")}),
    Case("skills that are a file", files={"home/skills": "x"}),
    Case("a skill of no text", files={"home/skills/a/SKILL.md": b"---\nname: a\ndescription: \xff\n---\n"}),
    Case("a skill with a name of blanks", files={"home/skills/a/SKILL.md": skill('"  "')}),
    Case("a skill with a name of two lines", files={"home/skills/a/SKILL.md": skill('"x\\n  y"')}),
    Case("a skill with a long name of a plugin", files=plugin("p" * 40, "s" * 20), config=on("p" * 40)),
    Case(
        "skills of a repository above",
        files={
            "work/.git/": "",
            **at("work/.agents/skills/r"),
            "work/a/.git": "gitdir: x",
            **at("work/a/.agents/skills/s"),
        },
        cwd="work/a",
    ),
    Case("a folder of skills through a loop", links={"user/.agents/skills": "skills"}),
    Case(
        "a link within a link",
        files=at("user/x/one"),
        links={"home/skills/l": "{user}/m", "user/m": "{user}/x"},
    ),
    Case("a link to a single file", files={"user/f": "x"}, links={"home/skills/f": "{user}/f"}),
    Case(
        "metadata that is a folder",
        files={**at("home/skills/one"), "home/skills/one/agents/openai.yaml/": ""},
    ),
    Case(
        "metadata of the wrong types",
        files={
            **at("home/skills/one"),
            "home/skills/one/agents/openai.yaml": "policy:\n  allow_implicit_invocation: 'no'\n",
        },
    ),
    Case(
        "metadata that is a list",
        files={**at("home/skills/one"), "home/skills/one/agents/openai.yaml": "- policy\n"},
    ),
    Case(
        "switched by a path with odd steps",
        files=at("home/skills/one"),
        config=SWITCHED.replace("WHERE", 'path = "{home}/skills/./x/../one/SKILL.md"'),
        bundled=True,
    ),
    Case(
        "switched through a link",
        files=at("user/x/one"),
        links={"home/skills/l": "{user}/x/one"},
        config=SWITCHED.replace("WHERE", 'path = "{home}/skills/l/SKILL.md"'),
        bundled=True,
    ),
    Case(
        "switched by a name of blanks",
        files=at("home/skills/one"),
        config=SWITCHED.replace("WHERE", 'name = " one "'),
        bundled=True,
    ),
    Case(
        "switched by the command line",
        files=at("home/skills/one"),
        before=("-c", 'skills.config=[{name="one",enabled=false}]'),
    ),
    Case(
        "a head with an anchor",
        files={"home/skills/a/SKILL.md": "---\nx: &x d\nname: a\ndescription: *x\n---\n"},
    ),
    Case(
        "a head with a merge",
        files={"home/skills/a/SKILL.md": "---\nb: &b {name: a}\n<<: *b\ndescription: d\n---\n"},
    ),
    Case(
        "a head of two documents",
        files={"home/skills/a/SKILL.md": "---\nname: a\ndescription: d\n...\nx: y\n---\n"},
    ),
    Case(
        "a head with tags", files={"home/skills/a/SKILL.md": "---\nname: !!str 5\ndescription: !x d\n---\n"}
    ),
    Case(
        "a head with a date", files={"home/skills/a/SKILL.md": "---\nname: a\ndescription: 2020-01-01\n---\n"}
    ),
    Case("a head with tabs", files={"home/skills/a/SKILL.md": "---\n\tname: a\ndescription: d\n---\n"}),
    Case("a head with signs", files={"home/skills/a/SKILL.md": "---\nname: a\ndescription: @d\n---\n"}),
    Case(
        "a head with a percent",
        files={"home/skills/a/SKILL.md": "---\nname: a\ndescription: 100% sure - [x], {y} # z\n---\n"},
    ),
)
