"""Local pictures are sent as they are, scaled down, or replaced by a sentence."""

import base64
import io
import os
import threading
from pathlib import Path

import pytest
from PIL import Image

from app_server.images import mime_of_name
from app_server.prompt.images import ImageProblem, InlineImage, load_image


def picture(kind: str, size: tuple[int, int] = (64, 48), mode: str = "RGB") -> bytes:
    data = io.BytesIO()
    canvas = Image.new("L", size)
    canvas.paste(Image.linear_gradient("L"))
    canvas.convert(mode).save(data, kind)
    return data.getvalue()


def sent(loaded: InlineImage | ImageProblem) -> tuple[str, bytes]:
    assert isinstance(loaded, InlineImage)
    head, _, data = loaded.data_url.partition(",")
    return head, base64.b64decode(data)


@pytest.mark.parametrize(("kind", "mime"), [("PNG", "png"), ("JPEG", "jpeg"), ("WEBP", "webp")])
def test_a_moderate_picture_is_sent_byte_by_byte_whatever_its_name(
    tmp_path: Path, kind: str, mime: str
) -> None:
    path = tmp_path / "picture.txt"
    path.write_bytes(data := picture(kind))

    assert sent(load_image(str(path))) == (f"data:image/{mime};base64", data)


def test_a_gif_becomes_a_png_of_its_first_frame(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    frames = [Image.new("P", (20, 10), number) for number in range(3)]
    frames[0].save(path, save_all=True, append_images=frames[1:])

    head, data = sent(load_image(str(path)))

    assert head == "data:image/png;base64"
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.size, image.mode) == ("PNG", (20, 10), "RGBA")


@pytest.mark.parametrize(
    ("size", "fitted"),
    [
        ((4096, 1024), (2048, 512)),
        ((100, 3000), (68, 2048)),
        ((10_000, 1), (2048, 1)),
        ((4095, 1333), (2048, 667)),
        ((2049, 2047), (2048, 2046)),
    ],
)
def test_a_large_picture_is_scaled_to_fit_with_its_aspect(
    tmp_path: Path, size: tuple[int, int], fitted: tuple[int, int]
) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(picture("PNG", size, "L"))

    head, data = sent(load_image(str(path)))

    assert head == "data:image/png;base64"
    with Image.open(io.BytesIO(data)) as image:
        assert (image.size, image.mode) == (fitted, "RGBA")


@pytest.mark.parametrize(("kind", "mime"), [("JPEG", "jpeg"), ("WEBP", "webp")])
def test_a_scaled_picture_keeps_its_format(tmp_path: Path, kind: str, mime: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(picture(kind, (3000, 30)))

    head, data = sent(load_image(str(path)))

    assert head == f"data:image/{mime};base64"
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.size) == (kind, (2048, 20))


def test_what_cannot_be_read_is_said_with_the_systems_reason(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.png")

    assert load_image(missing) == ImageProblem(
        f"Codex could not read the local image at `{missing}`: No such file or directory (os error 2)"
    )
    assert load_image("a\0b") == ImageProblem(
        "Codex could not read the local image at `a\0b`: Invalid argument (os error 22)"
    )


@pytest.mark.skipif(os.name != "posix", reason="other systems refuse a folder with other words")
def test_a_folder_is_no_picture(tmp_path: Path) -> None:
    assert load_image(str(tmp_path)) == ImageProblem(
        f"Codex could not read the local image at `{tmp_path}`: Is a directory (os error 21)"
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes in the file system exist on POSIX only")
def test_a_pipe_nobody_writes_to_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)
    answers: list[InlineImage | ImageProblem] = []

    reader = threading.Thread(target=lambda: answers.append(load_image(str(pipe))), daemon=True)
    reader.start()
    reader.join(10)

    assert answers == [ImageProblem(f"Codex cannot attach image at `{pipe}`: unsupported image `image/png`.")]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.bmp", picture("BMP")),
        ("a.svg", b"<svg/>"),
        ("a.png", b""),
        ("a.png", picture("PNG")[:20]),
        ("a.png", picture("PNG")[:-12]),
        ("a.webp", picture("WEBP")[:12]),
        ("a.webp", picture("WEBP")[:40]),
        ("noextension", b"x"),
    ],
)
def test_other_formats_and_torn_files_are_unsupported(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)

    assert load_image(str(path)) == ImageProblem(
        f"Codex cannot attach image at `{path}`: unsupported image `{mime_of_name(name)}`."
    )


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", picture("PNG").replace(b"IDAT\x78", b"IDAT\x00")),
        ("a.jpg", picture("JPEG")[:20]),
        ("a.jpg", picture("JPEG")[:300]),
        ("a.gif", picture("GIF")[:6]),
        ("a.webp", picture("WEBP").replace(b"\x9d\x01\x2a", b"\0\0\0")),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 60 + b"IEND"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 60),
    ],
)
def test_damage_is_named_with_the_file(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)

    loaded = load_image(str(path))

    assert isinstance(loaded, ImageProblem)
    assert loaded.text.startswith(f"Image located at `{path}` is invalid: failed to decode image at {path}: ")


@pytest.mark.parametrize(
    ("name", "mime"),
    [
        ("a.PNG", "image/png"),
        ("a.jpeg", "image/jpeg"),
        ("a.svg", "image/svg+xml"),
        ("a.txt", "text/plain"),
        ("a.heic", "image/heic"),
        ("a.tar.gz", "application/gzip"),
        ("a", "unknown"),
        ("a.unheardof", "unknown"),
    ],
)
def test_the_extension_says_what_a_file_was_meant_to_be(name: str, mime: str) -> None:
    assert mime_of_name(name) == mime
