"""`config/read`: the merged layers, where each value comes from, and the layers (persistence.md §11.5)."""

from collections.abc import Mapping

from app_server.config.build import profile_values
from app_server.config.check import check_types
from app_server.config.errors import ConfigError
from app_server.config.features import SHOWN, effective_features
from app_server.config.layers import ConfigLayer, LayerStack
from app_server.config.merge import leaves, merge
from app_server.config.providers import resolve_provider
from app_server.config.schema import CONFIG, NOT_SHOWN
from app_server.config.validate import Shape, table_of
from protocol.wire import JsonObject, JsonValue

_SANDBOX_DEFAULTS: JsonObject = {
    "writable_roots": [],
    "network_access": False,
    "exclude_tmpdir_env_var": False,
    "exclude_slash_tmp": False,
}
_PROVIDER_DEFAULTS: JsonObject = {
    "wire_api": "responses",
    "requires_openai_auth": False,
    "supports_websockets": False,
}
_APP: JsonObject = {"enabled": True}
_EACH_APP: JsonObject = {"enabled": True, "destructive_enabled": True, "open_world_enabled": True}
_ALWAYS_TABLES: Mapping[str, JsonObject] = {
    "history": {"persistence": "save-all", "max_bytes": None},
    "shell_environment_policy": {
        "inherit": None,
        "ignore_default_excludes": None,
        "exclude": None,
        "set": None,
        "include_only": None,
        "experimental_use_profile": None,
    },
    "profiles": {},
    "model_providers": {},
    "mcp_servers": {},
    "plugins": {},
    "marketplaces": {},
}
_DEFAULTS: Mapping[str, JsonValue] = {
    "project_doc_max_bytes": 32_768,
    "project_doc_fallback_filenames": [],
    "hide_agent_reasoning": False,
    "allow_login_shell": True,
}


class ReadError(Exception):
    """`config/read` cannot answer; the whole message of the wire's -32603."""


def read_error(error: ConfigError) -> ReadError:
    """A layer that cannot be read, in the words of this request."""
    return ReadError(f"failed to read configuration layers: {error}")


def read_config(
    stack: LayerStack, *, include_layers: bool, enablement: Mapping[str, bool] | None = None
) -> JsonObject:
    """The response, `layers` null unless asked for. Raises ReadError."""
    problem = check_types(stack.merged)
    if problem:
        raise ReadError(f"invalid configuration: {problem}")
    merged = stack.merged
    try:
        profile = merged.get("profile")
        values = merge(merged, profile_values(merged, profile if isinstance(profile, str) else None))
        resolve_provider(values.get("model_provider"), merged.get("model_providers"))
    except ConfigError as error:
        raise ReadError(f"failed to resolve feature override precedence: {error}") from error
    listed: list[JsonValue] = [_layer(layer) for layer in reversed(stack.layers)]
    layers = listed if include_layers else None
    return {"config": _known_keys(merged, enablement or {}), "origins": _origins(stack), "layers": layers}


def layer_version(values: JsonObject) -> str:
    """`sha256:` of the values as compact JSON with sorted keys; comments and layout do not change it."""
    from hashlib import sha256  # read and write requests need it, a start does not
    from json import dumps

    text = dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"sha256:{sha256(text.encode(errors='replace')).hexdigest()}"


def _known_keys(merged: JsonObject, enablement: Mapping[str, bool]) -> JsonObject:
    """Every key that a client may know, null when unset."""
    shown = [key for key in CONFIG if key not in NOT_SHOWN]
    known = {key: _with_nulls(merged.get(key, _DEFAULTS.get(key)), CONFIG[key]) for key in shown}
    for key, table in _ALWAYS_TABLES.items():
        known[key] = _filled(table, known[key])
    if "sandbox_workspace_write" in merged:
        known["sandbox_workspace_write"] = _filled(_SANDBOX_DEFAULTS, merged["sandbox_workspace_write"])
    if isinstance(tools := merged.get("tools"), dict):
        known["tools"] = {"web_search": tools.get("web_search")}
    if isinstance(providers := merged.get("model_providers"), dict):
        filled: JsonObject = {name: _filled(_PROVIDER_DEFAULTS, one) for name, one in providers.items()}
        known["model_providers"] = _with_nulls(filled, CONFIG["model_providers"])
    if isinstance(apps := merged.get("apps"), dict):
        switched: JsonObject = {
            name: _filled(_EACH_APP if name == "_default" else _APP, one) for name, one in apps.items()
        }
        known["apps"] = _with_nulls(switched, CONFIG["apps"])
    configured = merged.get("features")
    named = configured if isinstance(configured, dict) else {}
    effective = effective_features(named, enablement)
    known["features"] = {**named, **{name: effective[name] for name in SHOWN}}
    return known


def _filled(defaults: JsonObject, value: JsonValue) -> JsonObject:
    return {**defaults, **value} if isinstance(value, dict) else dict(defaults)


def _with_nulls(value: JsonValue, shape: Shape) -> JsonValue:
    """A table with all the keys that its shape names; what is not set is null."""
    table = table_of(shape)
    if not isinstance(value, dict) or table is None:
        return value
    rest = table.get("*", "any")
    missing: JsonObject = {key: None for key in table if key not in value and key != "*"}
    return {key: _with_nulls(member, table.get(key, rest)) for key, member in value.items()} | missing


def _origins(stack: LayerStack) -> JsonObject:
    """Each leaf and the highest enabled layer that has it, whatever it is called."""
    origins: JsonObject = {}
    for layer in stack.enabled():
        metadata: JsonObject = {"name": layer.source.to_wire(), "version": layer_version(layer.values)}
        for path in leaves(layer.effective):
            origins[path] = metadata
    present = set(leaves(stack.merged))
    return {path: metadata for path, metadata in origins.items() if path in present}


def _layer(layer: ConfigLayer) -> JsonObject:
    wire: JsonObject = {
        "name": layer.source.to_wire(),
        "version": layer_version(layer.values),
        "config": layer.values,
    }
    if layer.disabled_reason is not None:
        wire["disabledReason"] = layer.disabled_reason
    return wire
