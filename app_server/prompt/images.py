"""A picture that the user attached: a data URL, or the sentence in its place (prompt-input.md §5.3)."""

import errno
import os
from typing import NamedTuple

from app_server.config.errors import os_error_text
from app_server.images import InvalidImageError, UnsupportedImageError, data_url, mime_of_name


class InlineImage(NamedTuple):
    """A picture ready to be sent."""

    data_url: str


class ImageProblem(NamedTuple):
    """What the model is told in place of a picture."""

    text: str


def load_image(path: str) -> InlineImage | ImageProblem:
    """Read and prepare a local picture; never raises. `path` is shown to the model as it was given."""
    unreadable = f"Codex could not read the local image at `{path}`"
    try:
        return InlineImage(data_url(path))
    except OSError as error:
        return ImageProblem(f"{unreadable}: {os_error_text(error)}")
    except UnsupportedImageError:
        mime = mime_of_name(path)
        return ImageProblem(f"Codex cannot attach image at `{path}`: unsupported image `{mime}`.")
    except InvalidImageError as error:
        reason = f"failed to decode image at {path}: {error}"
        return ImageProblem(f"Image located at `{path}` is invalid: {reason}")
    except ValueError:  # a path that no file system takes
        return ImageProblem(f"{unreadable}: {os.strerror(errno.EINVAL)} (os error {errno.EINVAL})")
