"""Which search of the web a turn offers, and how (tools.md §1.2)."""

from collections.abc import Mapping
from typing import Final, Literal, cast

from app_server.config.config import Config
from app_server.config.permissions import SandboxPolicy
from protocol.wire import JsonObject

WebSearchMode = Literal["disabled", "cached", "live"]
_MODES: Final[tuple[WebSearchMode, ...]] = ("live", "cached", "disabled")


def configured_mode(values: JsonObject, features: Mapping[str, bool]) -> WebSearchMode:
    """What the user chose, or two features of former times; cached otherwise."""
    mode = values.get("web_search")
    if isinstance(mode, str):
        return cast("WebSearchMode", mode)
    return "live" if features["web_search_request"] and not features["web_search_cached"] else "cached"


def mode_in(config: Config, sandbox: SandboxPolicy) -> WebSearchMode:
    """The mode of a turn in this sandbox: live where nothing is sandboxed anyway, unless switched off."""
    chosen = config.web_search
    unlimited = sandbox.mode == "danger-full-access" and chosen != "disabled"
    wanted: tuple[WebSearchMode, ...] = _MODES if unlimited else (chosen, "cached", "live", "disabled")
    limits = config.requirements.web_search_modes
    for mode in wanted:
        if limits is None or mode in limits.values:
            return mode
    return "disabled"
