"""Skills and plugins: where they are found, what they say of themselves, which are listed and how."""

import json

from prompt_peers.site import Case

GIT = {"work/.git/": ""}


def skill(name: str | None = None, description: str = "What it does.", more: str = "") -> str:
    """The text of a SKILL.md."""
    named = f"name: {name}\n" if name is not None else ""
    return f"---\n{named}description: {description}\n{more}---\nBody.\n"


def at(*places: str, description: str = "What it does.") -> dict[str, str]:
    """Skills at these places, each named after its folder."""
    return {f"{place}/SKILL.md": skill(place.rpartition("/")[2], description) for place in places}


ROOTS = {
    "work/.codex/skills": "deep-codex",
    "home/skills": "of-home",
    "user/.agents/skills": "of-user",
    "work/.agents/skills": "of-root",
    "work/a/.agents/skills": "of-a",
    "work/a/b/.agents/skills": "of-b",
    "work/a/b/.codex/skills": "of-codex-b",
}
EVERYWHERE = at(*(f"{root}/{name}" for root, name in ROOTS.items()))


def plugin(name: str, *skills: str, manifest: dict[str, object] | str | None = None) -> dict[str, str]:
    """An installed plugin of the market `m`."""
    folder = f"home/plugins/cache/m/{name}/1.0.0"
    text = manifest if isinstance(manifest, str) else json.dumps({"name": name, **(manifest or {})})
    return {f"{folder}/.codex-plugin/plugin.json": text, **at(*(f"{folder}/skills/{one}" for one in skills))}


def on(*names: str, enabled: bool = True) -> str:
    return "".join(f'[plugins."{name}@m"]\nenabled = {str(enabled).lower()}\n' for name in names)


def _many(count: int, description: str, root: str = "home/skills", start: int = 0) -> dict[str, str]:
    return at(
        *(f"{root}/skill-{number:03}" for number in range(start, start + count)), description=description
    )


def _heads() -> list[Case]:
    """Heads of SKILL.md files, good and bad."""
    texts = {
        "no name": skill(None),
        "two lines": "---\nname: two\ndescription: |\n  a\n    b\n  c\n---\n",
        "folded": "---\nname: folded\ndescription: >-\n  a\n  b\n---\n",
        "quoted": "---\nname: \"q: x\"\ndescription: 'it''s'\n---\n",
        "colon": "---\nname: colon\ndescription: do this: that\n---\n",
        "no description": "---\nname: none\n---\n",
        "blank description": skill("blank", '"  "'),
        "no head": "# A skill\n",
        "no end": "---\nname: x\ndescription: y\n",
        "empty head": "---\n---\n",
        "bad yaml": "---\nname: [\ndescription: x\n---\n",
        "number": "---\nname: 5\ndescription: 7\n---\n",
        "true": "---\nname: true\ndescription: null\n---\n",
        "long name": skill("n" * 64),
        "longer name": skill("n" * 65),
        "long description": skill("long", "d" * 1_024),
        "longer description": skill("longer", "d" * 1_025),
        "line ends": skill("ends").replace("\n", "\r\n"),
        "mark of order": "\ufeff" + skill("marked"),
        "blank first": "\n" + skill("late"),
        "indented end": "---\nname: x\ndescription: y\n ---\nz\n---\n",
        "blanks after": "---  \nname: x\ndescription: y\n---  \n",
        "more keys": skill("more", more="license: MIT\nmetadata:\n  a: [1, 2]\n"),
        "short": skill("short", more="metadata:\n  short-description: brief\n"),
        "twice": "---\nname: a\nname: b\ndescription: x\n---\n",
        "odd": skill("odd name/with \\ signs", "<b> & `x` é 😀"),
        "list": "---\n- a\n- b\n---\n",
        "tabs": "---\nname:\ttabs\ndescription: a\tb\n---\n",
        "comment": "---\nname: c # not this\ndescription: d # nor this\n---\n",
        "empty": "",
    }
    return [
        Case(f"head: {name}", files={"home/skills/folder/SKILL.md": text}) for name, text in texts.items()
    ]


def _metadata() -> list[Case]:
    texts = {
        "not on its own": "policy:\n  allow_implicit_invocation: false\n",
        "on its own": "policy:\n  allow_implicit_invocation: true\n",
        "broken": "policy: [",
        "for another product": "policy:\n  products: [chatgpt]\n",
        "for this product": "policy:\n  products: [codex]\n",
        "for no product": "policy:\n  products: []\n",
        "interface": "interface:\n  display_name: Shown\n  short_description: brief\n",
    }
    return [
        Case(
            f"metadata: {name}",
            files={**at("home/skills/one", "home/skills/two"), "home/skills/one/agents/openai.yaml": text},
        )
        for name, text in texts.items()
    ]


def _switches() -> list[Case]:
    tables = {
        "by name": 'config = [{name = "of-home", enabled = false}]',
        "by path": 'config = [{path = "{home}/skills/of-home/SKILL.md", enabled = false}]',
        "by folder": 'config = [{path = "{home}/skills/of-home", enabled = false}]',
        "on again": 'config = [{name = "of-home", enabled = false}, {name = "of-home", enabled = true}]',
        "by nothing": "config = [{enabled = false}]",
        "by both": 'config = [{name = "of-home", path = "{home}/skills/of-user/SKILL.md", enabled = false}]',
    }
    return [
        Case(
            f"switched {name}",
            files=EVERYWHERE,
            config=f"[skills]\n{table}\nbundled = {{enabled = false}}\n",
            bundled=True,
        )
        for name, table in tables.items()
    ]


def _budgets() -> list[Case]:
    """Windows so small that descriptions, then skills, have to go."""
    mixed = {
        **_many(20, "x" * 300),
        **_many(15, "é" * 40, "user/.agents/skills", 50),
        **_many(5, "brief", "work/.agents/skills", 90),
    }
    return [
        *(
            Case(f"a window of {window}", files=mixed, config=f"model_context_window = {window}\n")
            for window in (200_000, 120_000, 80_000, 60_000, 40_000, 25_000, 12_000, 4_000, 50)
        ),
        *(
            Case(
                f"a window of {window} and roots with long paths",
                files=_many(30, "y" * 200, f"work/{'deep/' * 8}.agents/skills"),
                cwd=f"work/{'deep/' * 8}".rstrip("/"),
                config=f"model_context_window = {window}\n",
            )
            for window in (150_000, 100_000, 60_000, 30_000)
        ),
        Case("a large window", files=mixed, config="model_context_window = 100000000\n"),
        Case("a window of an unknown model", files=mixed, before=("-m", "unheard-of")),
    ]


def _plugins() -> list[Case]:
    two = {**plugin("zed", "z1", "z2"), **plugin("abc", "a1")}
    shown = plugin("p", "s", manifest={"interface": {"displayName": "Shown"}, "description": " a \n  b "})
    return [
        Case("a plugin", files=plugin("p", "s"), config=on("p")),
        Case("a plugin that is off", files=plugin("p", "s"), config=on("p", enabled=False)),
        Case("a plugin that nobody named", files=plugin("p", "s")),
        Case("a plugin with a name to show", files=shown, config=on("p")),
        Case("two plugins", files=two, config=on("zed", "abc")),
        Case("a plugin without anything", files=plugin("p"), config=on("p")),
        Case("a plugin with a bad manifest", files=plugin("p", "s", manifest="{"), config=on("p")),
        Case("a plugin that is not installed", config=on("p")),
        Case("plugins switched off", files=plugin("p", "s"), config=on("p"), before=("--disable", "plugins")),
        Case(
            "a plugin whose skill is off",
            files=plugin("p", "s"),
            config='skills.config = [{name = "p:s", enabled = false}]\nskills.bundled.enabled = false\n'
            + on("p"),
            bundled=True,
        ),
        Case(
            "a plugin with other folders",
            files={
                **plugin("p", manifest={"skills": "./more"}),
                **at("home/plugins/cache/m/p/1.0.0/more/m1"),
            },
            config=on("p"),
        ),
        Case(
            "a plugin with a server",
            files={
                **plugin("p"),
                "home/plugins/cache/m/p/1.0.0/.mcp.json": '{"mcpServers": {"s": {"command": "true"}}}',
            },
            config=on("p"),
        ),
        Case(
            "two versions of a plugin",
            files={
                **plugin("p", "s"),
                **{k.replace("1.0.0", "1.10.0"): v for k, v in plugin("p", "t").items()},
            },
            config=on("p"),
        ),
        Case(
            "plugins with little room",
            files={**two, **_many(40, "x" * 200)},
            config="model_context_window = 40000\n" + on("zed", "abc"),
        ),
    ]


SKILLS: tuple[Case, ...] = (
    *(
        Case(f"skills everywhere, trust {trust}", files={**GIT, **EVERYWHERE}, cwd="work/a/b", trust=trust)
        for trust in (None, "trusted", "untrusted")
    ),
    Case("skills everywhere without a repository", files=EVERYWHERE, cwd="work/a/b"),
    Case("skills everywhere and the bundled ones", files={**GIT, **EVERYWHERE}, cwd="work/a/b", bundled=True),
    Case("skills of the administrator", files={**at("etc/codex/skills/adm", "home/skills/mine"), **GIT}),
    Case(
        "skills with other marks of a root",
        files={**EVERYWHERE, "work/a/ROOT": ""},
        cwd="work/a/b",
        config='project_root_markers = ["ROOT"]\n',
    ),
    Case("skills of the bundle alone", bundled=True),
    Case("the same name twice", files={**at("home/skills/same", "user/.agents/skills/same"), **GIT}),
    Case("deep skills", files=at(*(f"home/skills/{'d/' * depth}s{depth}" for depth in range(8)))),
    Case("hidden folders", files=at("home/skills/.hidden/s", "home/skills/seen", "home/skills/d/.h")),
    Case("a skill inside of a skill", files=at("home/skills/outer", "home/skills/outer/inner")),
    Case("a skill in the root itself", files={"home/skills/SKILL.md": skill(None)}),
    Case(
        "a name in other letters",
        files={"home/skills/a/skill.md": skill("lower"), "home/skills/b/Skill.md": skill("mixed")},
    ),
    Case(
        "a folder through a link", files=at("user/else/linked"), links={"home/skills/l": "{user}/else/linked"}
    ),
    Case("a root through a link", files=at("user/else/linked"), links={"user/.agents/skills": "{user}/else"}),
    Case(
        "a file through a link",
        files={"user/S.md": skill("s"), "home/skills/l/": ""},
        links={"home/skills/l/SKILL.md": "{user}/S.md"},
    ),
    Case("a loop of links", files=at("home/skills/one"), links={"home/skills/one/up": "{home}/skills"}),
    Case(
        "one folder by two ways", files=at("home/skills/one"), links={"user/.agents/skills": "{home}/skills"}
    ),
    Case(
        "skills in a folder by a link",
        files=at("work/.agents/skills/one"),
        links={"user/l": "{work}"},
        before=("-C", "{user}/l"),
    ),
    *_heads(),
    *_metadata(),
    *_switches(),
    *_budgets(),
    *_plugins(),
)
