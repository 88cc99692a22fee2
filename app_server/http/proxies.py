"""Which proxy stands between us and a host, as the environment says (model-client.md §11).

`http_proxy`, `https_proxy` and `all_proxy`, in small letters or capitals; `no_proxy` names the hosts that are
reached without one: names and all below them, addresses, networks, each with a port if that matters, or `*`.
This machine is never asked for through a proxy.
"""

import ipaddress
from collections.abc import Mapping
from typing import Final
from urllib.parse import SplitResult, urlsplit

_SECURE: Final = ("https", "wss")


def goes_direct(url: str, env: Mapping[str, str]) -> bool:
    """Whether a URL needs neither TLS nor a proxy. Raises ValueError for what is no URL."""
    return urlsplit(url).scheme == "http" and proxy_of(url, env) is None


def proxy_of(url: str, env: Mapping[str, str]) -> str | None:
    """The URL of the proxy; None when there is none on this way. Raises ValueError for what is no URL.

    The macOS sandbox can reach none.
    """
    if env.get("CODEX_SANDBOX") == "seatbelt":
        return None
    parts = urlsplit(url)
    if _is_loopback(parts):
        return None
    own = "https_proxy" if parts.scheme in _SECURE else "http_proxy"
    proxy = _variable(env, own) or _variable(env, "all_proxy")
    if not proxy or _is_exempt(parts, _variable(env, "no_proxy")):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def _is_loopback(url: SplitResult) -> bool:
    host = url.hostname or ""
    return host in {"localhost", "::1"} or host.startswith("127.")


def _variable(env: Mapping[str, str], name: str) -> str:
    return (env.get(name) or env.get(name.upper()) or "").strip()


def _is_exempt(url: SplitResult, exempt: str) -> bool:
    host = (url.hostname or "").rstrip(".")
    port = url.port or (443 if url.scheme in _SECURE else 80)
    return any(_matches(entry.strip().lower(), host, port) for entry in exempt.split(","))


def _matches(entry: str, host: str, port: int) -> bool:
    if entry == "*":
        return True
    name, colon, wanted = entry.rpartition(":")
    if colon and wanted.isdecimal() and (":" not in name or name.endswith("]")):
        if int(wanted) != port:
            return False
        entry = name
    entry = entry.strip("[]").removeprefix("*").lstrip(".")
    if not entry:
        return False
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return host == entry or host.endswith(f".{entry}")
