"""What a sandbox policy is on record, in a given folder."""

import orjson

from app_server.config.permissions import SandboxPolicy
from app_server.config.writable_places import PROTECTED
from protocol.wire import JsonObject, JsonValue


def has_network(policy: SandboxPolicy) -> bool:
    return policy.network_access or policy.mode == "danger-full-access"


def profile_record(policy: SandboxPolicy, cwd: str) -> JsonObject:
    """The policy as `permission_profile` of a turn context record, which the reference compares on resume."""
    network = "enabled" if policy.network_access else "restricted"
    if policy.mode == "danger-full-access":
        return {"type": "disabled"}
    if policy.mode == "external-sandbox":
        return {"type": "external", "network": network}
    entries: list[JsonValue] = [_entry(_special("root"), "read")]
    if policy.mode == "workspace-write":
        if not policy.without_cwd:
            entries.append(_entry(_path(cwd), "write"))
        if not policy.exclude_slash_tmp:
            entries.append(_entry(_special("slash_tmp"), "write"))
        if not policy.exclude_tmpdir_env_var:
            entries.append(_entry(_special("tmpdir"), "write"))
        entries += [_entry(_path(root), "write") for root in policy.writable_roots]
        entries += [_entry(_path(place), "read") for place in policy.kept]
        if not policy.without_cwd:
            entries += [_entry(_path(f"{cwd.rstrip('/')}/{name}"), "read") for name in PROTECTED]
    entries += [_entry(_path(place), "none") for place in policy.hidden]
    return {"type": "managed", "file_system": {"type": "restricted", "entries": entries}, "network": network}


def rights_of(record: JsonObject) -> JsonObject:
    """What such a record allows, to be compared: in whatever order and however often it says so."""
    files = record.get("file_system")
    entries = files.get("entries") if isinstance(files, dict) else None
    said = entries if isinstance(entries, list) else []
    if said == [_entry(_special("root"), "write")]:
        return {"type": "external", "network": record.get("network")}
    counted = {orjson.dumps(entry, option=orjson.OPT_SORT_KEYS).decode() for entry in said if _counts(entry)}
    return {"type": record.get("type"), "network": record.get("network"), "entries": [*sorted(counted)]}


def _counts(entry: JsonValue) -> bool:
    """What is protected in each root says nothing of its own."""
    match entry:
        case {"access": "read", "path": {"type": "path", "path": str(path)}}:
            return not path.endswith(PROTECTED)
        case _:
            return True


def _special(kind: str) -> JsonObject:
    return {"type": "special", "value": {"kind": kind}}


def _path(path: str) -> JsonObject:
    return {"type": "path", "path": path}


def _entry(path: JsonObject, access: str) -> JsonObject:
    return {"path": path, "access": access}
