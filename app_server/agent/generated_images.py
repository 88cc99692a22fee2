"""Images that the provider has made, kept as files that commands and patches can take up."""

import base64
import binascii
import logging
import re
from pathlib import Path
from typing import Final

import anyio.to_thread

from app_server.agent.session import Session
from app_server.prompt.messages import text_message
from app_server.prompt.texts import template
from protocol.wire import JsonObject

logger = logging.getLogger("app_server.agent")

_FOLDER: Final = "generated_images"
_ODD: Final = re.compile(r"[^A-Za-z0-9_-]")
_LONGEST_NAME: Final = 200


async def keep_image(session: Session, item: JsonObject) -> Path | None:
    """Write the image of an `image_generation_call` below CODEX_HOME; tell the model where such images lie.

    None when it holds no image, or the disk does not take it: the answer is shown all the same.
    """
    folder = session.config.codex_home / _FOLDER / session.thread_id
    path = folder / f"{_ODD.sub('_', str(item['id']))[:_LONGEST_NAME]}.png"
    try:
        image = base64.b64decode(str(item["result"]), validate=True)
        if not image:
            return None
        await anyio.to_thread.run_sync(_write, path, image)
    except binascii.Error:
        return None
    except OSError as error:
        logger.warning("a generated image could not be kept: %s", error)
        return None
    told = template("generated_images").format(folder=folder, example=folder / "_image_id_.png")
    session.conversation.add([text_message("developer", [told])])
    return path


def _write(path: Path, image: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(image)
