"""What makes a SKILL.md no skill."""


class FrontMatterError(Exception):
    """The file is no skill. The text is what lists of skills show."""
