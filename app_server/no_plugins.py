"""Pydantic without its plugins, which nothing here wants.

To look for some it imports a reader of packages' metadata, and reads that of every installed one: a tenth
of what a start costs. Its own switch is an environment variable, which our child processes would inherit.
"""

import sys
from importlib import import_module
from types import ModuleType

_LOADER = "pydantic.plugin._loader"


class _NoPlugins(ModuleType):
    """Stands for the module that looks for plugins."""

    @staticmethod
    def get_plugins() -> tuple[()]:
        return ()

    def __getattr__(self, name: str) -> object:
        # A pydantic that asks this module for something else has to get it.
        if name.startswith("__"):
            raise AttributeError(name)
        sys.modules.pop(_LOADER, None)
        return getattr(import_module(_LOADER), name)


def forgo_plugins() -> None:
    """To be called before pydantic builds its first validator."""
    sys.modules.setdefault(_LOADER, _NoPlugins(_LOADER))
