"""Cookies of the network in front of ChatGPT, which know a client again by them (model-client.md §11).

No other cookie is ever kept, and none is sent to anybody else, nor without TLS.
"""

import time
from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import urlsplit

_NAMES: Final = frozenset(
    {
        *("__cf_bm", "__cflb", "__cfruid", "__cfseq", "__cfwaitingroom", "_cfuvid"),
        *("cf_clearance", "cf_ob_info", "cf_use_ob", "cf_chl_rc_i", "cf_chl_rc_m", "cf_chl_rc_ni"),
    }
)
_HOSTS: Final = ("chatgpt.com", "chat.openai.com")
_MOST_BYTES: Final = 4096


class CloudflareCookies:
    """Owns the cookies of this process; each is for the host that gave it."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._kept: dict[tuple[str, str], tuple[str, float | None]] = {}

    def header(self, url: str) -> bytes | None:
        """The `cookie` header of a request to that URL; None when it has none."""
        host = _host(url)
        now = self._now()
        pairs = [
            f"{name}={value}"
            for (owner, name), (value, ends) in self._kept.items()
            if owner == host and (ends is None or ends > now)
        ]
        return "; ".join(pairs).encode("latin-1") if pairs else None

    def take(self, url: str, set_cookies: Iterable[str]) -> None:
        """What an answer from that URL wants to be kept, each as its `Set-Cookie` has it."""
        host = _host(url)
        if host is None:
            return
        for text in set_cookies:
            pair, *attributes = text.split(";")
            name, equals, value = (part.strip() for part in pair.partition("="))
            if not equals or name not in _NAMES or len(text) > _MOST_BYTES or not value.isascii():
                continue
            ends = self._end(attributes)
            if ends is not None and ends <= self._now():
                self._kept.pop((host, name), None)
            else:
                self._kept[host, name] = value, ends

    def _end(self, attributes: Iterable[str]) -> float | None:
        """When a cookie ends, in Unix seconds; None: with the process."""
        found = {
            name.strip().lower(): value.strip()
            for name, _, value in (one.partition("=") for one in attributes)
        }
        if (age := found.get("max-age", "")).lstrip("-").isdecimal():
            return self._now() + int(age)
        if "expires" not in found:
            return None
        from email.utils import parsedate_to_datetime

        try:
            return parsedate_to_datetime(found["expires"].replace("-", " ")).timestamp()
        except (ValueError, OverflowError):
            return None


def _host(url: str) -> str | None:
    """The host, if it is one of ChatGPT's and asked over TLS."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    known = any(host == one or host.endswith(f".{one}") for one in _HOSTS)
    return host if parts.scheme == "https" and known else None
