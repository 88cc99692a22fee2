"""A configuration with one more layer on top: the settings of an agent's role (persistence.md §11.1)."""

from dataclasses import replace
from pathlib import Path

from app_server.config.build import build_config
from app_server.config.check import check_values
from app_server.config.config import Config, TypedOverrides
from app_server.config.layers import ConfigLayer, LayerSource
from app_server.config.merge import merge_all
from app_server.config.schema import CONFIG
from app_server.config.validate import with_absolute_paths
from protocol.wire import JsonObject


def with_settings(config: Config, values: JsonObject, folder: Path) -> Config:
    """Resolved anew, but for what no layer says: typed fields of a request are lost. Raises ConfigError.

    Relative paths in `values` begin at `folder`.
    """
    layer = ConfigLayer(LayerSource("sessionFlags"), with_absolute_paths(values, CONFIG, str(folder)))
    layers = (*config.stack.layers, layer)
    merged = merge_all(one.effective for one in layers if one.disabled_reason is None)
    stack = config.stack._replace(layers=layers, merged=merged)
    check_values(stack)
    built = build_config(
        stack,
        config.requirements,
        TypedOverrides(profile=config.profile),
        codex_home=config.codex_home,
        cwd=config.cwd,
        enablement=config.features,
    )
    return replace(
        built, model_provider=built.model_provider if "model_provider" in values else config.model_provider
    )
