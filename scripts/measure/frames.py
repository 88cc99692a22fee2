"""As much of the websocket protocol as the instant upstream needs: short, and without a library's cost."""

import base64
import hashlib
from io import BufferedIOBase

_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_TEXT = 1
_CLOSE = 8


def upgraded(key: bytes) -> bytes:
    """The answer that grants an upgrade; compression is not taken."""
    accept = base64.b64encode(hashlib.sha1(key + _MAGIC, usedforsecurity=False).digest())
    names = b"upgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: "
    return b"HTTP/1.1 101 Switching Protocols\r\n" + names + accept + b"\r\n\r\n"


def text_frame(data: bytes) -> bytes:
    """A whole message as a server sends it."""
    if len(data) < 126:
        return bytes([0x80 | _TEXT, len(data)]) + data
    if len(data) < 1 << 16:
        return bytes([0x80 | _TEXT, 126]) + len(data).to_bytes(2, "big") + data
    return bytes([0x80 | _TEXT, 127]) + len(data).to_bytes(8, "big") + data


def read_message(reader: BufferedIOBase) -> bytes:
    """The next text of a client, put together from its frames; `b""` at the end."""
    message = b""
    while len(head := reader.read(2)) == 2:
        code, length = head[0] & 0x0F, head[1] & 0x7F
        if length >= 126:
            length = int.from_bytes(reader.read(2 if length == 126 else 8), "big")
        mask = reader.read(4)
        data = _unmasked(reader.read(length), mask)
        if code == _CLOSE:
            break
        if code <= _TEXT:
            message += data
            if head[0] & 0x80:
                return message
    return b""


def _unmasked(data: bytes, mask: bytes) -> bytes:
    pattern = (mask * (len(data) // 4 + 1))[: len(data)]
    return (int.from_bytes(data, "big") ^ int.from_bytes(pattern, "big")).to_bytes(len(data), "big")
