"""AGENTS.md files: where they are found, which of them counts, and how much of it."""

from prompt_peers.site import Case

GIT = {"work/.git/": ""}
NESTED = {**GIT, "work/AGENTS.md": "root\n", "work/a/AGENTS.md": "a", "work/a/b/AGENTS.md": "b \n\n"}
LONG = "".join(f"line {number} é\n" for number in range(4_000))


def _budget(limit: int) -> Case:
    return Case(
        f"budget of {limit}", files=NESTED, cwd="work/a/b", config=f"project_doc_max_bytes = {limit}\n"
    )


DOCUMENTS: tuple[Case, ...] = (
    Case("one document", files={"work/AGENTS.md": "be kind\n"}),
    Case("nested documents", files=NESTED, cwd="work/a/b"),
    Case("no repository", files={"work/AGENTS.md": "above", "work/a/AGENTS.md": "here"}, cwd="work/a"),
    Case(
        "a repository inside of another",
        files={**NESTED, "work/a/.git/": ""},
        cwd="work/a/b",
    ),
    Case(
        "a repository whose mark is a file",
        files={**NESTED, "work/a/.git": "gitdir: elsewhere"},
        cwd="work/a/b",
    ),
    Case("folder by option", files=NESTED, before=("-C", "a/b")),
    Case("folder through a link", files=NESTED, links={"user/l": "{work}/a/b"}, before=("-C", "{user}/l")),
    Case("an override", files={**NESTED, "work/a/AGENTS.override.md": "instead"}, cwd="work/a/b"),
    Case("a blank override", files={**NESTED, "work/a/AGENTS.override.md": " \n"}, cwd="work/a/b"),
    Case("an override that is a folder", files={**NESTED, "work/a/AGENTS.override.md/": ""}, cwd="work/a/b"),
    Case("a document that is a folder", files={"work/AGENTS.md/": ""}),
    Case("a document through a link", files={"user/doc": "linked"}, links={"work/AGENTS.md": "{user}/doc"}),
    Case("a link to nothing", links={"work/AGENTS.md": "{user}/doc"}),
    Case("a blank document", files={"work/AGENTS.md": " \t\n"}),
    Case("an empty document", files={"work/AGENTS.md": ""}),
    Case("another case of letters", files={"work/agents.md": "lower"}),
    Case(
        "other names",
        files={"work/CLAUDE.md": "claude", "work/README.md": "readme"},
        config='project_doc_fallback_filenames = ["  ", "CLAUDE.md", " README.md ", "CLAUDE.md"]\n',
    ),
    Case(
        "other names beside the usual one",
        files={**NESTED, "work/CLAUDE.md": "claude", "work/c/CLAUDE.md": "c"},
        cwd="work/c",
        config='project_doc_fallback_filenames = ["CLAUDE.md"]\n',
    ),
    Case("a global document", files={"home/AGENTS.md": "\n mine \n"}),
    Case("a global override", files={"home/AGENTS.md": "mine", "home/AGENTS.override.md": "instead"}),
    Case("a blank global override", files={"home/AGENTS.md": "mine", "home/AGENTS.override.md": " \n"}),
    Case("global and project", files={**NESTED, "home/AGENTS.md": "mine\n"}, cwd="work/a/b"),
    Case(
        "global without a budget",
        files={**NESTED, "home/AGENTS.md": "mine"},
        config="project_doc_max_bytes = 0\n",
    ),
    Case("global in no UTF-8", files={"home/AGENTS.md": b"m\xff"}),
    *(_budget(limit) for limit in (1, 5, 6, 8, 11)),
    Case("the default budget", files={"work/AGENTS.md": LONG}),
    Case(
        "a budget that splits a character",
        files={"work/AGENTS.md": "aé€😀"},
        config="project_doc_max_bytes = 8\n",
    ),
    Case("bytes that are no text", files={"work/AGENTS.md": b"a\xff\xfe\x80b\xf0\x9f\r\nc"}),
    Case("other line ends", files={"work/AGENTS.md": "a\r\nb\rc\r\n"}),
    Case("odd characters", files={"work/AGENTS.md": "</INSTRUCTIONS> & \x00 \x1b \u2028 \ufeff\ud7ff"}),
    Case("blanks of Unicode", files={"work/AGENTS.md": "\u3000\u00a0\u2003"}),
    Case("a zero-width blank", files={"work/AGENTS.md": "\u200b"}),
    Case("control characters alone", files={"work/AGENTS.md": "\x1c\x1d"}),
    Case(
        "other marks of a root",
        files={"work/ROOT": "", "work/AGENTS.md": "r", "work/a/AGENTS.md": "a"},
        cwd="work/a",
        config='project_root_markers = ["ROOT"]\n',
    ),
    Case("no marks of a root", files=NESTED, cwd="work/a/b", config="project_root_markers = []\n"),
    Case("marks that are none", files=NESTED, cwd="work/a/b", before=("-c", "project_root_markers=5")),
    Case(
        "marks in the project's own config",
        files={**NESTED, "work/a/ROOT": "", "work/.codex/config.toml": 'project_root_markers = ["ROOT"]\n'},
        cwd="work/a/b",
        trust="trusted",
    ),
    *(
        Case(f"documents, trust {trust}", files=NESTED, cwd="work/a/b", trust=trust)
        for trust in ("trusted", "untrusted")
    ),
    Case("documents without environment", files=NESTED, before=("-c", "include_environment_context=false")),
    Case("documents and developer instructions", files=NESTED, before=("-c", "developer_instructions=x")),
)
