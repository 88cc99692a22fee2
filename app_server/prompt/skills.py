"""The skills part: what a model can look up, and how it should (prompt-input.md §4.3)."""

from collections.abc import Iterable

from app_server.plugins.installed import Plugin
from app_server.prompt.skill_listing import Budget, SkillListing, list_skills
from app_server.prompt.texts import template
from app_server.skills.skill import Skill, SkillCatalogue

_SCOPES = ("system", "admin", "repo", "user")
_NOTICEABLE_LOSS = 100


def listing_for(
    catalogue: SkillCatalogue, context_window: int | None, plugins: Iterable[Plugin] = ()
) -> SkillListing | None:
    """What a model with this window, in tokens, is told of the skills; None when there is nothing to tell."""
    listed = sorted((skill for skill in catalogue.enabled if skill.implicit), key=_order)
    if not listed:
        return None
    marketplaces = {plugin.id: plugin.marketplace for plugin in plugins}
    return list_skills(listed, catalogue.roots, Budget.of_window(context_window), marketplaces)


def skills_part(listing: SkillListing) -> str:
    """The whole part with its tags."""
    intro = template("skills_intro_aliased" if listing.roots else "skills_intro")
    lines = ["<skills_instructions>", "## Skills", intro]
    if listing.roots:
        lines += ["### Skill roots", *listing.roots]
    lines += ["### Available skills", *listing.lines, "### How to use skills", template("skills_how_to")]
    return "\n".join([*lines, "</skills_instructions>"])


def shortage_warning(listing: SkillListing) -> str | None:
    """What users should know when much of the list had to go; None when little or nothing was lost."""
    count = len(listing.lines) + listing.omitted
    if listing.omitted:
        skills = "1 skill was" if listing.omitted == 1 else f"{listing.omitted} skills were"
        return (
            "Exceeded skills context budget of 2%. All descriptions were removed, and "
            f"{skills} left out of what the model sees. Turn off skills that are not needed."
        )
    if listing.lost > _NOTICEABLE_LOSS * count:
        return (
            "The descriptions of skills were shortened to the 2% of the context window that they may take, "
            "so the model may choose skills less well. Shorten them, or turn off skills that are not needed."
        )
    return None


def skill_item_text(skill: Skill, content: str) -> str:
    """The text of the message that hands a skill over that the user asked for (prompt-input.md §5.4)."""
    return f"<skill>\n<name>{skill.name}</name>\n<path>{skill.path}</path>\n{content}\n</skill>"


def _order(skill: Skill) -> tuple[int, str, str]:
    return _SCOPES.index(skill.scope), skill.name, skill.path
