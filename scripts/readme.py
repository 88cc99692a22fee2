"""The parts of README.md that are written by programs: each stands between two comments with its name."""

from environment import ROOT

README = ROOT / "README.md"


def with_part(text: str, name: str, content: str) -> str:
    """The text with that part replaced."""
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->\n"
    head, _, rest = text.partition(begin)
    _, _, tail = rest.partition(end)
    return f"{head}{begin}{content.rstrip()}\n{end}{tail}"


def write_part(name: str, content: str) -> None:
    """Put it into the file."""
    README.write_text(with_part(README.read_text("utf-8"), name, content), "utf-8")
