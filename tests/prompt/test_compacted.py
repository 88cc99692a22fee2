"""What of a user's words a compaction keeps (model-client.md §7.2)."""

import pytest

from app_server.prompt.compacted import summarised
from app_server.prompt.messages import message, text_message, text_part
from protocol.wire import JsonObject

PICTURE: JsonObject = {"type": "input_image", "image_url": "https://example.com/a.png"}
BEGINS, ENDS = "<image name=[Image #1]>", "</image>"


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        ([], ""),
        ([text_part("")], ""),
        ([text_part("a"), text_part("b")], "ab"),
        ([text_part(BEGINS), PICTURE, text_part(ENDS)], ""),
        ([text_part("<image>"), PICTURE, text_part(ENDS), text_part("look")], "look"),
        ([text_part(BEGINS)], BEGINS),
        ([text_part("<image>"), text_part(ENDS)], f"<image>{ENDS}"),
    ],
)
def test_each_message_of_the_user_is_kept_as_a_text(parts: list[JsonObject], kept: str) -> None:
    found = summarised([message("user", parts)], "a summary")

    assert found == [text_message("user", [kept]), text_message("user", ["a summary"])]
