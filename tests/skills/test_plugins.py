"""Which plugins are there, and what they bring."""

import json

import pytest
from pydantic import JsonValue
from support.machine import Machine
from support.skills import put_plugin

from app_server.plugins.installed import Plugin, installed_plugins


def only(machine: Machine, config: str) -> Plugin | None:
    found = installed_plugins(machine.load(config))
    assert len(found) <= 1
    return found[0] if found else None


def test_a_manifest_is_read(machine: Machine) -> None:
    manifest: dict[str, JsonValue] = {
        "description": "What it is",
        "interface": {"displayName": " Shown "},
        "skills": "./more",
        "mcpServers": "./servers.json",
    }
    files = {
        "servers.json": json.dumps({"mcpServers": {"b": {}, "a": {}}}),
        ".app.json": json.dumps({"apps": {"calendar": {"id": "connector_1"}}}),
    }
    plugin = only(machine, put_plugin(machine.home, "plug@market", manifest=manifest, files=files))

    assert plugin is not None
    assert plugin.manifest._asdict() == {
        "name": "plug",
        "display_name": "Shown",
        "description": "What it is",
        "skill_folders": (f"{plugin.folder}/skills", f"{plugin.folder}/more"),
        "mcp_servers": ("a", "b"),
        "apps": ("connector_1",),
        "version": None,
        "keywords": (),
        "hook_files": (),
        "servers_file": f"{plugin.folder}/servers.json",
        "interface": {"displayName": " Shown "},
    }
    assert plugin.marketplace == str(machine.home / "plugins" / "cache" / "market")


@pytest.mark.parametrize(
    ("manifest", "files", "servers"),
    [
        ({}, {".mcp.json": '{"mcpServers": {"s": {}}}'}, ("s",)),
        ({}, {".mcp.json": '{"s": {}}'}, ("s",)),
        ({}, {".mcp.json": "[]"}, ()),
        ({"mcpServers": {"s": {}}}, {}, ()),
        ({"mcpServers": "../out.json"}, {}, ()),
        ({"mcpServers": "./../out.json"}, {}, ()),
    ],
)
def test_servers_come_from_a_file_inside_of_the_plugin(
    machine: Machine, manifest: dict[str, JsonValue], files: dict[str, str], servers: tuple[str, ...]
) -> None:
    plugin = only(machine, put_plugin(machine.home, "plug@market", manifest=manifest, files=files))

    assert plugin is not None
    assert plugin.manifest.mcp_servers == servers


@pytest.mark.parametrize(
    ("versions", "chosen"), [(("1.0.0", "1.10.0", "1.2.0"), "1.2.0"), (("9.0.0", "local"), "local")]
)
def test_the_last_version_by_name_counts_unless_one_is_local(
    machine: Machine, versions: tuple[str, ...], chosen: str
) -> None:
    configs = {put_plugin(machine.home, "plug@market", version=version) for version in versions}

    plugin = only(machine, configs.pop())

    assert plugin is not None
    assert plugin.folder.endswith(f"/{chosen}")


def test_what_is_off_missing_or_broken_is_silently_absent(machine: Machine) -> None:
    put_plugin(machine.home, "off@market")
    put_plugin(machine.home, "unlisted@market")
    broken = put_plugin(machine.home, "broken@market", manifest="{")
    config = (
        f'{broken}[plugins."off@market"]\nenabled = false\n[plugins."gone@market"]\nenabled = true\n'
        '[plugins."noat"]\nenabled = true\n[plugins."b!d@market"]\nenabled = true\n'
    )

    assert installed_plugins(machine.load(config)) == ()


def test_without_the_feature_there_are_none(machine: Machine) -> None:
    config = put_plugin(machine.home, "plug@market")

    assert installed_plugins(machine.load(f"{config}[features]\nplugins = false\n")) == ()


def test_plugins_are_ordered_by_their_ids(machine: Machine) -> None:
    config = "".join(put_plugin(machine.home, f"{name}@market") for name in ("zz", "aa", "mm"))

    assert [plugin.id for plugin in installed_plugins(machine.load(config))] == [
        "aa@market",
        "mm@market",
        "zz@market",
    ]
