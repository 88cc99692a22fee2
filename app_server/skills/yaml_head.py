"""The fields of a front matter that takes a YAML reader; its import is dear, so only such files pay for it.

Errors are worded as the reference words them: clients show them as they are.
"""

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from app_server.skills.errors import FrontMatterError
from app_server.skills.plain_head import NULLS

_LOADER = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
_ONCE = ("name", "description", "metadata", "short-description")


def yaml_fields(text: str) -> dict[str, str]:
    """Name, description and short description of any YAML. Raises FrontMatterError.

    A scalar is its text, whatever YAML would make of it.
    """
    try:
        root = yaml.compose(text, Loader=_LOADER)  # pyright: ignore[reportUnknownMemberType] - its stub has no types
    except yaml.MarkedYAMLError as error:
        raise FrontMatterError(f"invalid YAML: {_told(error)}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        position = getattr(error, "position", None)
        reason = type(error).__name__ if position is None else "control characters are not allowed"
        place = "" if position is None else f" at position {position}"
        raise FrontMatterError(f"invalid YAML: {reason}{place}") from error
    fields = _mapping(root, "struct SkillFrontmatter", "")
    found = {key: _scalar(fields[key], key) for key in ("name", "description") if key in fields}
    inner = _mapping(fields.get("metadata"), "struct SkillFrontmatterMetadata", "metadata: ")
    if short := inner.get("short-description"):
        found["short-description"] = _scalar(short, "metadata.short-description")
    return {key: value for key, value in found.items() if value is not None}


def _told(error: yaml.MarkedYAMLError) -> str:
    """The problem and its place, then what was being read, and where that began."""
    problem, context = error.problem_mark, error.context_mark
    told = str(error.problem)
    if problem is not None:
        told += _place(problem.line, problem.column)
    if error.context is not None:
        told += f", {error.context}"
        if context is not None and (problem is None or context.index != problem.index):
            told += _place(context.line, context.column)
    return told


def _place(line: int, column: int) -> str:
    return f" at line {line + 1} column {column + 1}" if line or column else ""


def _mapping(node: Node | None, wanted: str, where: str) -> dict[str, Node]:
    if node is None or _is_null(node):
        return {}
    if not isinstance(node, MappingNode):
        raise FrontMatterError(
            f"invalid YAML: {where}invalid type: {_kind(node)}, expected {wanted}{_at(node)}"
        )
    fields: dict[str, Node] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in fields and name in _ONCE:
            raise FrontMatterError(f"invalid YAML: {where}duplicate field `{name}`")
        fields[name] = value
    return fields


def _scalar(node: Node, field: str) -> str | None:
    if isinstance(node, ScalarNode):
        return None if _is_null(node) else str(node.value)
    raise FrontMatterError(
        f"invalid YAML: {field}: invalid type: {_kind(node)}, expected a string{_at(node)}"
    )


def _is_null(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.style and node.value in NULLS


def _kind(node: Node) -> str:
    if isinstance(node, ScalarNode):
        return f'string "{node.value}"'
    return "map" if isinstance(node, MappingNode) else "sequence"


def _at(node: Node) -> str:
    return _place(node.start_mark.line, node.start_mark.column)
