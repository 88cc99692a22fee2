"""Pictures of every mode and kind, with odd names, at odd places."""

import io

from PIL import Image
from prompt_peers.cases_of_input import PICTURES, PNG, picture
from prompt_peers.site import Case


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    data = io.BytesIO()
    image.save(data, kind, **options)
    return data.getvalue()


def _moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (8, 6), colour) for colour in ("red", "blue")]
    return _saved(frames[0], kind, save_all=True, append_images=frames[1:])


def _turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return _saved(Image.new("RGB", (8, 6), "red"), "JPEG", exif=exif)


ODD_PICTURES: dict[str, bytes] = {
    "gray.png": picture("PNG", mode="L"),
    "gray.jpg": picture("JPEG", mode="L"),
    "ink.jpg": picture("JPEG", mode="CMYK"),
    "clear.png": picture("PNG", mode="RGBA"),
    "half.png": picture("PNG", mode="LA"),
    "palette.png": picture("PNG", mode="P"),
    "bits.png": picture("PNG", mode="1"),
    "deep.png": _saved(Image.new("I;16", (8, 6), 999), "PNG"),
    "moving.gif": _moving("GIF"),
    "moving.png": _moving("PNG"),
    "moving.webp": _moving("WEBP"),
    "turned.jpg": _turned(),
    "lossless.webp": _saved(Image.new("RGB", (8, 6), "red"), "WEBP", lossless=True),
    "longer.png": PNG + b"more",
    "before.png": b" " + PNG,
    "small.png": picture("PNG", (1, 1)),
    "progressive.jpg": _saved(Image.new("RGB", (8, 6), "red"), "JPEG", progressive=True),
    "name with blanks.png": PNG,
    "n\u00e4me.png": PNG,
    "back`tick.png": b"bad",
    "two.dots.jpg": b"bad",
    ".png": b"bad",
    "none.": b"bad",
    "up.JPEG": b"bad",
    "m.mp4": b"bad",
    "m.json": b"{}",
    "m.heic": b"bad",
    "m.avif": b"bad",
    "m.apng": b"bad",
    "m.py": b"bad",
}
LARGE = {
    "gray": ("PNG", "L"),
    "clear": ("PNG", "RGBA"),
    "half": ("PNG", "LA"),
    "bits": ("PNG", "1"),
    "ink": ("JPEG", "CMYK"),
    "web": ("WEBP", "RGBA"),
}

PICTURE_CASES: tuple[Case, ...] = (
    *(
        Case(f"odd picture {name}", files={f"work/{name}": data}, after=("-i", name, "--", "look"))
        for name, data in ODD_PICTURES.items()
    ),
    *(
        Case(f"large picture, {name}", files={"work/p": picture(kind, (2300, 20), mode)}, after=("-i", "p"))
        for name, (kind, mode) in LARGE.items()
    ),
    Case("a picture with a long name", after=("-i", "n" * 300 + ".png", "--", "x")),
    Case("a picture that is a loop", links={"work/l.png": "l.png"}, after=("-i", "l.png", "--", "x")),
    Case("a picture in the home of the user", files={"user/a.png": PNG}, after=("-i", "~/a.png", "--", "x")),
    Case("the folder as a picture", after=("-i", ".", "--", "x")),
    Case("a picture with a slash at its end", files=PICTURES, after=("-i", "a.png/", "--", "x")),
    Case("a picture by a file address", files=PICTURES, after=("-i", "file://{work}/a.png", "--", "x")),
    Case(
        "a picture on a text-only model",
        files=PICTURES,
        before=("-m", "gpt-5.3-codex-spark"),
        after=("-i", "a.png", "-i", "i.png", "--", "x"),
    ),
)
