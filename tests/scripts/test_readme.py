"""README.md leads newcomers to files and folders that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OF_A_HOME = {"sessions/"}
"""Named too, and nothing of ours."""

NAMED = re.compile(r"`((?:[a-z_]+/)*[a-z_]+(?:\.py|/))`(?!\])|\]\(([^)#:]+)\)")


def test_every_file_and_folder_that_is_named_is_there() -> None:
    text = re.sub(
        r"<!-- methods -->.*<!-- /methods -->", "", (ROOT / "README.md").read_text("utf-8"), flags=re.DOTALL
    )
    named = {place or linked for place, linked in NAMED.findall(text)} - OF_A_HOME

    missing = [
        place for place in named if not any((base / place).exists() for base in (ROOT, ROOT / "app_server"))
    ]

    assert len(named) > 15
    assert missing == []
