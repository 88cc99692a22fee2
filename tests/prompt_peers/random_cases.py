"""Cases by chance, the same in every run: trees of folders with documents and skills, and some settings."""

import random

from prompt_peers.cases_of_settings import POLICIES, SANDBOXES, TRUSTS
from prompt_peers.cases_of_skills import skill
from prompt_peers.site import Case

FOLDERS = ("", "a", "a/b", "a/b/c", "d", "d/e")
DOCUMENTS = ("AGENTS.md", "AGENTS.override.md", "NOTES.md")
SKILL_ROOTS = (".agents/skills", ".codex/skills")
TEXTS = ("", " \n", "one", "two\n", "three\r\n\n", "vier é", "五" * 20, "<x>\n")


def random_cases(count: int, seed: int = 20_260_504) -> list[Case]:
    """So many cases."""
    chance = random.Random(seed)
    return [_case(number, chance) for number in range(count)]


def _case(number: int, chance: random.Random) -> Case:
    files: dict[str, str | bytes] = {f"work/{folder}/": "" for folder in FOLDERS if folder}
    for folder in FOLDERS:
        files |= {
            f"work/{folder}/{name}".replace("//", "/"): chance.choice(TEXTS)
            for name in _some(chance, DOCUMENTS)
        }
        if chance.random() < 0.3:
            files[f"work/{folder}/.git/".replace("//", "/")] = ""
        for root in _some(chance, SKILL_ROOTS):
            files |= _skills(chance, f"work/{folder}/{root}".replace("//", "/"))
    files |= {f"home/{name}": chance.choice(TEXTS) for name in _some(chance, DOCUMENTS)}
    files |= _skills(chance, "home/skills") | _skills(chance, "user/.agents/skills")
    sandbox, policy = chance.choice(SANDBOXES), chance.choice(POLICIES)
    settings = [f"project_doc_max_bytes = {chance.choice((0, 3, 20, 40, 1_000))}"]
    if chance.random() < 0.5:
        settings.append('project_doc_fallback_filenames = ["NOTES.md"]')
    if chance.random() < 0.5:
        settings.append(f"model_context_window = {chance.choice((2_000, 6_000, 15_000, 60_000))}")
    return Case(
        f"by chance {number}",
        files=files,
        config="\n".join(settings) + "\n",
        trust=chance.choice(TRUSTS),
        before=(*(("-s", sandbox) if sandbox else ()), *(("-a", policy) if policy else ())),
        after=("--", chance.choice(TEXTS)),
        cwd=f"work/{chance.choice(FOLDERS)}".rstrip("/"),
    )


def _some(chance: random.Random, of: tuple[str, ...]) -> list[str]:
    return [one for one in of if chance.random() < 0.35]


def _skills(chance: random.Random, root: str) -> dict[str, str | bytes]:
    found: dict[str, str | bytes] = {}
    for _ in range(chance.choice((0, 1, 2, 6))):
        name = f"{chance.choice('abc')}{chance.randrange(30)}"
        place = chance.choice(("", "in/", "in/side/", ".not/"))
        found[f"{root}/{place}{name}/SKILL.md"] = skill(
            name, chance.choice("xyzé") * chance.randrange(1, 200)
        )
    return found
