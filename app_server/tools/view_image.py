"""`view_image`, carried out (tools.md §5)."""

import os
import stat
from functools import partial
from pathlib import Path

import anyio.to_thread

from app_server.images import InvalidImageError, UnsupportedImageError, data_url, mime_of_name
from app_server.tools.arguments import arguments_of
from app_server.tools.call import Output, ToolCall, ToolRefusal
from app_server.tools.host import ToolHost
from protocol.item import ImageViewThreadItem
from protocol.wire import VerbatimModel


class ViewImageArgs(VerbatimModel):
    """What the model gives."""

    path: str
    detail: str | None = None


async def run(call: ToolCall, host: ToolHost) -> Output:
    """Show the model the picture, and clients that it looked at it."""
    if "image" not in host.model.input_modalities:
        raise ToolRefusal("view_image cannot be used: this model takes no images as input")
    asked = arguments_of(call, ViewImageArgs)
    if asked.detail not in (None, "original"):
        raise ToolRefusal(
            "view_image.detail only supports `original`; omit `detail` for default resized behavior, "
            f"got `{asked.detail}`"
        )
    full_size = asked.detail == "original" and host.model.original_image_detail
    path = _absolute(host.cwd, asked.path)
    url = await anyio.to_thread.run_sync(partial(_load, path, full_size=full_size))
    item = ImageViewThreadItem(id=call.id, path=path)
    host.started(item)
    host.completed(item)
    return [{"type": "input_image", "image_url": url, "detail": "original" if full_size else "high"}]


def _absolute(cwd: str, path: str) -> str:
    """Relative to the turn's folder, without `.` and `..`; links are left as they are."""
    return os.path.normpath(Path(cwd) / path)


def _load(path: str, *, full_size: bool) -> str:
    """Raises ToolRefusal."""
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError) as error:
        raise ToolRefusal(f"unable to locate image at `{path}`: {_reason(error)}") from error
    if not stat.S_ISREG(mode):
        raise ToolRefusal(f"image path `{path}` is not a file")
    try:
        return data_url(path, full_size=full_size)
    except UnsupportedImageError as error:
        reason = f"unsupported image `{mime_of_name(path)}`"
        raise ToolRefusal(f"unable to process image at `{path}`: {reason}") from error
    except InvalidImageError as error:
        reason = f"failed to decode image at {path}: {error}"
        raise ToolRefusal(f"unable to process image at `{path}`: {reason}") from error
    except OSError as error:
        raise ToolRefusal(f"unable to read image at `{path}`: {_reason(error)}") from error


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return f"{error.strerror} (os error {error.errno})"
    return str(error)  # a path that no file system takes
