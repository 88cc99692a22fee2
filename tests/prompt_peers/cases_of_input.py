"""What the user says: texts, pictures good and bad, and command lines that carry them."""

import io

from PIL import Image
from prompt_peers.site import Case


def picture(kind: str, size: tuple[int, int] = (40, 30), mode: str = "RGB") -> bytes:
    data = io.BytesIO()
    canvas = Image.new("L", size)
    canvas.paste(Image.linear_gradient("L"))
    canvas.convert(mode).save(data, kind)
    return data.getvalue()


PNG = picture("PNG")
PICTURES: dict[str, str | bytes] = {
    "work/a.png": PNG,
    "work/b.jpg": picture("JPEG"),
    "work/c.webp": picture("WEBP"),
    "work/d.gif": picture("GIF", mode="P"),
    "work/e.bmp": picture("BMP"),
    "work/f.tiff": picture("TIFF"),
    "work/g.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "work/h.txt": PNG,
    "work/noext": PNG,
    "work/i.png": b"no picture",
    "work/j.png": b"",
    "work/k.png": PNG[:40],
    "work/l.jpg": picture("JPEG")[:200],
    "work/m": b"what",
    "work/n.txt": "text",
    "work/o.html": "<html>",
    "work/p.PNG": b"bad",
    "work/q.tar.gz": b"bad",
    "work/r.jpeg": PNG,
    "work/s.pdf": b"%PDF-1.4",
    "work/u.ico": picture("ICO"),
    "work/v.webp": picture("WEBP")[:30],
    "work/w.gif": picture("GIF", mode="P")[:20],
    "work/x.png": PNG[:8] + b"\0" * 40,
    "work/folder.png/": "",
}
SIZES = ((2048, 2048), (2049, 10), (4096, 1024), (100, 3000), (3000, 2999), (5000, 1), (2100, 2049))


def _one_by_one() -> list[Case]:
    """A case for every picture, and one for each way of being too large."""
    named = [path.removeprefix("work/").rstrip("/") for path in PICTURES]
    cases = [Case(f"picture {name}", files=PICTURES, after=("-i", name, "--", "look")) for name in named]
    for size, kind in zip(SIZES, ("PNG", "PNG", "JPEG", "WEBP", "PNG", "PNG", "GIF"), strict=True):
        mode = "P" if kind == "GIF" else "RGB"
        files = {"work/big": picture(kind, size, mode)}
        cases.append(
            Case(f"{kind} of {size[0]} by {size[1]}", files=files, after=("-i", "big", "--", "look"))
        )
    return cases


TEXTS = {
    "an empty prompt": "",
    "blanks": "  \t ",
    "line ends": "a\r\nb\rc\n\r\nd",
    "a line end alone": "\r",
    "lines": "\n\nx\n\n",
    "a tag": "<environment_context>\n  <cwd>/</cwd>\n</environment_context>",
    "a document": "# AGENTS.md instructions for /x\n\n<INSTRUCTIONS>\ny\n</INSTRUCTIONS>",
    "a skill by name": "$one please",
    "a skill by link": "[$one](skill://{home}/skills/one/SKILL.md)",
    "signs": '"quotes" \\ back / slash \b \f \x7f \u2028 \u2029 \ufeff',
    "many scripts": "é ß 漢字 עברית 😀 👩‍👩‍👧 e\u0301",
    "control characters": "\x01\x02\x1b[31m",
    "a dash": "-",
    "a number": "5",
    "json": '[{"type":"message"}]',
    "a long text": "lorem ipsum " * 5_000,
}

INPUTS: tuple[Case, ...] = (
    Case("no prompt", after=()),
    *(
        Case(
            f"text: {name}",
            after=("--", text),
            files={"home/skills/one/SKILL.md": "---\nname: one\ndescription: d\n---\n"},
        )
        for name, text in TEXTS.items()
    ),
    *_one_by_one(),
    Case("a picture and no text", files=PICTURES, after=("-i", "a.png")),
    Case("a picture and an empty text", files=PICTURES, after=("-i", "a.png", "--", "")),
    Case(
        "pictures of both levels", files=PICTURES, before=("--image=a.png",), after=("-i", "b.jpg", "--", "x")
    ),
    Case("pictures in one word", files=PICTURES, after=("--image=a.png,missing.png,b.jpg", "x")),
    Case(
        "pictures one after another",
        files=PICTURES,
        after=("-i", "a.png", "b.jpg", "-i", "c.webp", "--", "x"),
    ),
    Case(
        "missing, folder, good",
        files=PICTURES,
        after=("-i", "missing.png", "-i", "folder.png", "-i", "a.png", "--", "x"),
    ),
    Case("a path through nothing", after=("-i", "a/b/c.png", "--", "x")),
    Case("a path through a file", files=PICTURES, after=("-i", "a.png/b.png", "--", "x")),
    Case("a whole path", files=PICTURES, after=("-i", "{work}/a.png", "--", "x")),
    Case("a path with detours", files={**PICTURES, "work/a/": ""}, after=("-i", "a/.././a.png", "--", "x")),
    Case(
        "a path from another folder",
        files=PICTURES,
        before=("-C", "{user}"),
        after=("-i", "a.png", "--", "x"),
    ),
    Case(
        "a picture through a link",
        files=PICTURES,
        links={"work/l.png": "a.png"},
        after=("-i", "l.png", "--", "x"),
    ),
    Case(
        "a picture through a link to nothing",
        links={"work/l.png": "nowhere"},
        after=("-i", "l.png", "--", "x"),
    ),
    Case("the prompt before the command", before=("early",), after=()),
    Case("prompts of both levels", before=("early",), after=("late",)),
    Case("a prompt like an option", after=("--", "--nope")),
    Case("two prompts", after=("a", "b")),
    Case("no value for pictures", after=("-i",)),
    Case("a model after the command", after=("-m", "gpt-5.4", "x")),
    Case("a model twice", before=("-m", "a", "-m", "b")),
    Case("two ways of approval", before=("-a", "never", "--dangerously-bypass-approvals-and-sandbox")),
)
