"""The user's own list of models: the file that `model_catalog_json` names (model-client.md §12)."""

import orjson

from app_server.config.errors import ConfigError, os_error_text
from protocol.wire import JsonObject, JsonValue


def own_models(values: JsonObject) -> list[JsonValue]:
    """The entries of the list; none where the configuration names no file. Blocks.

    Raises ConfigError when there is no such file, or no list with an entry in it.
    """
    path = values.get("model_catalog_json")
    if not isinstance(path, str):
        return []
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - a word of the configuration, absolute already
            value: JsonValue = orjson.loads(file.read())
    except OSError as error:
        raise ConfigError(os_error_text(error)) from error
    except ValueError as error:
        raise ConfigError(f"failed to parse model_catalog_json path `{path}` as JSON: {error}") from error
    models = value.get("models") if isinstance(value, dict) else None
    if not isinstance(models, list):
        raise ConfigError(f"failed to parse model_catalog_json path `{path}` as JSON: no list of `models`")
    if not models:
        raise ConfigError(f"model_catalog_json path `{path}` must contain at least one model")
    return models
