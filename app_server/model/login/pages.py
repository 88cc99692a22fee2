"""What the browser shows when it comes back from the issuer."""

from html import escape
from typing import Final

_REASONS: Final = {200: "OK", 302: "Found", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed"}


def page(status: int, title: str, text: str = "", *, location: str | None = None) -> bytes:
    """A whole answer. The connection ends with it, and nobody keeps or frames it."""
    body = (
        f"<!doctype html><meta charset=utf-8><title>{escape(title)}</title>"
        f"<h1>{escape(title)}</h1><p>{escape(text)}</p>"
    ).encode()
    head = [
        f"HTTP/1.1 {status} {_REASONS[status]}",
        "content-type: text/html; charset=utf-8",
        f"content-length: {len(body)}",
        "cache-control: no-store",
        "content-security-policy: default-src 'none'; frame-ancestors 'none'",
        "referrer-policy: no-referrer",
        "connection: close",
    ]
    if location is not None:
        head.append(f"location: {location}")
    return "\r\n".join([*head, "", ""]).encode() + body
