"""What the user sends becomes one message."""

from pathlib import Path

from PIL import Image

from app_server.prompt.messages import message, text_part
from app_server.prompt.user_input import AUDIO_OMITTED, UPLOAD_OMITTED, read_user_message, user_message
from protocol.input import (
    ImageUserInput,
    LocalAudioUserInput,
    LocalImageUserInput,
    MentionUserInput,
    SkillUserInput,
    TextUserInput,
)
from protocol.wire import JsonObject


def image_part(url: str, detail: str = "high") -> JsonObject:
    return {"type": "input_image", "image_url": url, "detail": detail}


def test_texts_are_parts_even_when_empty() -> None:
    said = user_message([TextUserInput(text="a"), TextUserInput(text="")])

    assert said == message("user", [text_part("a"), text_part("")])


def test_skills_and_mentions_alone_leave_the_message_empty() -> None:
    said = user_message([SkillUserInput(name="s", path="/s"), MentionUserInput(name="m", path="app://m")])

    assert said == {"type": "message", "role": "user", "content": []}


def test_an_image_by_address_stands_between_plain_tags() -> None:
    said = user_message([ImageUserInput(url="https://x/y.png"), ImageUserInput(url="data:,", detail="low")])

    assert said == message(
        "user",
        [
            text_part("<image>"),
            image_part("https://x/y.png"),
            text_part("</image>"),
            text_part("<image>"),
            image_part("data:,", "low"),
            text_part("</image>"),
        ],
    )


async def test_the_number_of_a_local_image_counts_all_before_it(tmp_path: Path) -> None:
    good, missing = tmp_path / "good.png", str(tmp_path / "missing.png")
    Image.new("L", (2, 2)).save(good)

    said = await read_user_message(
        [
            ImageUserInput(url="u"),
            LocalImageUserInput(path=missing),
            LocalImageUserInput(path=str(good)),
            TextUserInput(text="t"),
        ]
    )

    content = said["content"]
    assert isinstance(content, list)
    sentence = f"Codex could not read the local image at `{missing}`: No such file or directory (os error 2)"
    assert content[3:5] == [text_part(sentence), text_part("<image name=[Image #3]>")]
    assert content[6:] == [text_part("</image>"), text_part("t")]


def test_what_no_model_can_be_given_is_said() -> None:
    said = user_message([ImageUserInput(file_id="file-1"), LocalAudioUserInput(path="/a.wav")])

    assert said == message("user", [text_part(UPLOAD_OMITTED), text_part(AUDIO_OMITTED)])
