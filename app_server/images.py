"""A picture on disk becomes the bytes that a model takes (prompt-input.md §5.2).

The content decides what a file is, not its name. PNG, JPEG and WebP of moderate size go as they are; the rest
is scaled down or re-encoded. Reading and decoding block: call from a worker thread.
"""

import base64
import errno
import io
import os
import stat
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_SIDE = 2048
MAX_FILE_BYTES = 512 * 1024 * 1024  # a guard against filling the memory; no picture comes near
_JPEG_QUALITY = 85
_SHORTEST = {"PNG": 33, "WEBP": 25}  # bytes up to the end of the first header
_TRIANGLE = 2  # Pillow's number for its bilinear filter, which widens when it scales down


class UnsupportedImageError(Exception):
    """Not one of the formats that can be sent, or not all of it."""


class InvalidImageError(Exception):
    """One of the formats, but its data make no picture; the text says why."""


def data_url(path: str, *, full_size: bool = False) -> str:
    """A local picture, ready to be sent; a large one is scaled down unless it is wanted in full.

    Raises OSError, ValueError for a path that no file system takes, UnsupportedImageError and
    InvalidImageError.
    """
    mime, data = _prepare(_read(path), full_size=full_size)
    return f"data:{mime};base64,{base64.b64encode(data).decode('ascii')}"


def _read(path: str) -> bytes:
    # Without O_NONBLOCK a pipe without a writer would hold the turn for ever.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb") as file:  # noqa: PTH123 - an open descriptor has no path
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(mode):
            raise UnsupportedImageError
        data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise InvalidImageError(f"the file is larger than {MAX_FILE_BYTES // 1024**2} MiB")
    return data


def _format_of(data: bytes) -> str:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    raise UnsupportedImageError


def _prepare(data: bytes, *, full_size: bool) -> tuple[str, bytes]:
    """The media type and bytes to send: the file's own where possible."""
    kind = _format_of(data)
    image = _decoded(kind, data)
    small = full_size or max(image.size) <= MAX_SIDE
    if small and kind != "GIF":
        return f"image/{kind.lower()}", data
    if not small:
        image = image.convert("RGB" if kind == "JPEG" else "RGBA")
        image = image.resize(_fitting(*image.size), _TRIANGLE)  # pyright: ignore[reportUnknownMemberType] - numpy's stubs are not here
    encoded = io.BytesIO()
    if kind == "JPEG":
        image.save(encoded, "JPEG", quality=_JPEG_QUALITY)
    elif kind == "WEBP":
        image.convert("RGBA").save(encoded, "WEBP", lossless=True)
    else:
        kind = "PNG"
        image.convert("RGBA").save(encoded, "PNG")
    return f"image/{kind.lower()}", encoded.getvalue()


def _decoded(kind: str, data: bytes) -> "Image":
    """The picture, decoded in full so that damage is found here and not by the provider."""
    from PIL import Image, UnidentifiedImageError  # 40 ms, and most turns have no picture

    if len(data) < _SHORTEST.get(kind, 0) or (kind == "PNG" and _png_ends_early(data)):
        raise UnsupportedImageError  # the reference's readers see the end of such a file as a failed read
    try:
        # A picture that is merely large is scaled down, which is no reason for a line on stderr.
        warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
        image = Image.open(io.BytesIO(data), formats=(kind,))
        image.load()
    except UnidentifiedImageError as error:
        if kind == "WEBP" and _webp_ends_early(data):
            raise UnsupportedImageError from error
        raise InvalidImageError(f"not a {kind} picture") from error
    except Exception as error:  # decoders raise whatever damaged data lead them to
        if kind == "WEBP" and _webp_ends_early(data):
            raise UnsupportedImageError from error
        raise InvalidImageError(str(error) or type(error).__name__) from error
    return image


def _png_ends_early(data: bytes) -> bool:
    return data[12:16] == b"IHDR" and b"IEND" not in data


def _webp_ends_early(data: bytes) -> bool:
    """Whether a lossy picture ends before its first part does; after that it is the bits that are wrong."""
    first_part = int.from_bytes(data[20:23], "little") >> 5
    return data[12:16] == b"VP8 " and len(data) < 30 + first_part


def _fitting(width: int, height: int) -> tuple[int, int]:
    """The size within the limit that keeps the aspect; halves are rounded away from zero."""
    scale = min(MAX_SIDE / width, MAX_SIDE / height)
    return max(1, int(width * scale + 0.5)), max(1, int(height * scale + 0.5))


# Names that the standard table lacks or calls otherwise than the reference does.
_MIME_OF_SUFFIX = {
    ".apng": "image/apng",
    ".avif": "image/avif",
    ".heic": "image/heic",
    ".heif": "image/heif",
    ".ico": "image/x-icon",
    ".jxl": "image/jxl",
    ".webp": "image/webp",
    ".gz": "application/gzip",
    ".md": "text/markdown",
    ".py": "text/plain",
    ".rs": "text/x-rust",
    ".toml": "text/x-toml",
    ".bin": "application/octet-stream",
    ".dat": "application/octet-stream",
}


def mime_of_name(path: str) -> str:
    """What the file's extension says that it is; `unknown` when it says nothing."""
    import mimetypes  # only for a file that cannot be sent

    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122 - any text is a path here
    return _MIME_OF_SUFFIX.get(suffix) or mimetypes.MimeTypes(()).types_map[True].get(suffix, "unknown")
