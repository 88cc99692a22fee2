"""What a review found, as text for people (threads-and-turns.md §5)."""

from typing import Final

from protocol.wire import JsonObject, JsonValue

NO_OUTPUT: Final = "Reviewer failed to output a response."


def review_text(output: JsonObject) -> str:
    """The explanation, and after it each finding with its place; the fallback when there is neither."""
    parts: list[str] = []
    explanation = _text(output, "overall_explanation").strip()
    if explanation:
        parts.append(explanation)
    given = output.get("findings")
    findings = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    if findings:
        head = "Review comment:" if len(findings) == 1 else "Full review comments:"
        parts.append("\n\n".join([head, *map(_finding, findings)]))
    return "\n\n".join(parts) or NO_OUTPUT


def _finding(finding: JsonObject) -> str:
    location = _table(finding.get("code_location"))
    lines = _table(location.get("line_range"))
    place = f"{_text(location, 'absolute_file_path')}:{lines.get('start')}-{lines.get('end')}"
    body = [f"  {line}" for line in _text(finding, "body").splitlines()]
    return "\n".join([f"- {_text(finding, 'title')} — {place}", *body])


def _text(table: JsonObject, key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""


def _table(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) else {}
