"""What is known of a skill, and of all the skills that a folder sees."""

from typing import Literal, NamedTuple

from protocol.wire import JsonObject

Scope = Literal["repo", "user", "system", "admin"]
SKILL_FILE = "SKILL.md"


class Skill(NamedTuple):
    """A folder with instructions that a model can look up."""

    name: str
    description: str
    path: str
    """Of its SKILL.md, all links resolved: what makes it the same skill."""
    scope: Scope
    root: str
    """The folder that was searched when it was found."""
    short_description: str | None = None
    implicit: bool = True
    """Whether a model may choose it by itself; else it is used when named, and not listed."""
    products: tuple[str, ...] = ()
    """The products that it is for; none: all."""
    interface: JsonObject | None = None
    """How clients show it: the wire's `SkillInterface`."""
    dependencies: JsonObject | None = None
    """What it needs: the wire's `SkillDependencies`."""
    plugin_id: str | None = None
    """The installed plugin that brought it."""

    def read(self) -> str:
        """The whole file, its front matter included. Raises OSError or UnicodeDecodeError. Blocks."""
        with open(self.path, "rb") as file:
            return file.read().decode("utf-8")


class SkillProblem(NamedTuple):
    """A file that should be a skill and is none."""

    path: str
    message: str


class SkillCatalogue(NamedTuple):
    """The skills that a thread in one folder sees, by scope (repo, user, system, admin), name and path."""

    skills: tuple[Skill, ...] = ()
    disabled: frozenset[str] = frozenset()
    """The paths of those that config turned off."""
    problems: tuple[SkillProblem, ...] = ()
    roots: tuple[str, ...] = ()
    """All folders that were searched, in their order."""

    @property
    def enabled(self) -> tuple[Skill, ...]:
        return tuple(skill for skill in self.skills if skill.path not in self.disabled)
