"""Which skills, plugins and apps a user's words call for (prompt-input.md §5.4)."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from app_server.plugins.installed import Plugin
from app_server.skills.skill import Skill
from protocol.input import MentionUserInput, SkillUserInput, TextUserInput, UserInput

_LINK = re.compile(r"\[([$@])([A-Za-z0-9_:-]+)\]\s*\(\s*([^)\s][^)]*?)\s*\)")
_NAME = re.compile(r"\$([A-Za-z0-9_:-]+)")
_NEVER_NAMES = frozenset(
    ["path", "home", "user", "shell", "pwd", "tmpdir", "temp", "tmp", "lang", "term", "xdg_config_home"]
)
_PLUGIN = "plugin://"
_APP = "app://"


def may_mention(inputs: Sequence[UserInput]) -> bool:
    """Whether there is anything to look for; the usual input needs no list of skills."""
    for entry in inputs:
        if isinstance(entry, SkillUserInput | MentionUserInput):
            return True
        if isinstance(entry, TextUserInput) and ("$" in entry.text or _PLUGIN in entry.text):
            return True
    return False


def mentioned_skills(
    inputs: Sequence[UserInput], skills: Sequence[Skill], app_slugs: Collection[str] = ()
) -> tuple[Skill, ...]:
    """The skills called for, each once: `skill` inputs, then by text the links and then the plain names.

    `skills` are those that are on, in the order of lists. A name calls for none that two of them have, or an
    app has, or that a `skill` input has settled already.
    """
    by_path = {skill.path: skill for skill in skills}
    settled = {entry.name for entry in inputs if isinstance(entry, SkillUserInput)}
    called = (by_path.get(entry.path) for entry in inputs if isinstance(entry, SkillUserInput))
    chosen = {skill.path: skill for skill in called if skill is not None}
    count = Counter(skill.name for skill in skills)
    plain = [skill for skill in skills if count[skill.name] == 1 and skill.name not in {*settled, *app_slugs}]
    for text in _texts(inputs):
        paths, rest = _links(text)
        chosen |= {skill.path: skill for skill in skills if skill.path in paths and skill.path not in chosen}
        names = {name for name in _NAME.findall(rest) if name.lower() not in _NEVER_NAMES}
        named = {skill.path: skill for skill in plain if skill.name in names}
        chosen |= {path: skill for path, skill in named.items() if path not in chosen}
    return tuple(chosen.values())


def mentioned_plugins(inputs: Sequence[UserInput], plugins: Iterable[Plugin]) -> tuple[Plugin, ...]:
    """The plugins that `mention` inputs or links of the form `[@x](plugin://NAME@MARKET)` name, each once."""
    paths = {entry.path for entry in inputs if isinstance(entry, MentionUserInput)}
    for text in _texts(inputs):
        paths |= {path for sign, _, path in _LINK.findall(text) if sign == "@"}
    return tuple(plugin for plugin in plugins if f"{_PLUGIN}{plugin.id}" in paths)


def called_names(texts: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """What may call apps: the targets of links with a `$`, and plain names behind one, in small letters."""
    links: set[str] = set()
    names: set[str] = set()
    for text in texts:
        paths, rest = _links(text)
        links |= paths
        names |= {name.lower() for name in _NAME.findall(rest)} - _NEVER_NAMES
    return frozenset(links), frozenset(names)


def names_an_app(inputs: Sequence[UserInput]) -> bool:
    """Whether an app is called by its id, be there such an app or not."""
    return bool(mentioned_app_ids(inputs)) or any(f"]({_APP}" in text for text in _texts(inputs))


def mentioned_app_ids(inputs: Sequence[UserInput]) -> frozenset[str]:
    """The ids of the apps that `mention` inputs name."""
    paths = (entry.path for entry in inputs if isinstance(entry, MentionUserInput))
    return frozenset(path.removeprefix(_APP) for path in paths if path.startswith(_APP))


def _texts(inputs: Iterable[UserInput]) -> Iterable[str]:
    return (entry.text for entry in inputs if isinstance(entry, TextUserInput))


def _links(text: str) -> tuple[set[str], str]:
    """The paths of skill links, and the text without any link."""
    paths: set[str] = set()

    def take(link: re.Match[str]) -> str:
        sign, name, path = link.groups()
        if sign == "$" and name.lower() not in _NEVER_NAMES:
            paths.add(path.removeprefix("skill://"))
        return " "

    return paths, _LINK.sub(take, text)
