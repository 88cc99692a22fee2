"""Plugins of marketplaces on this machine: listed, read, installed, taken out (services.md §9)."""

import json
import sys
import tomllib
from pathlib import Path

import pytest
from pydantic import JsonValue
from support.client import Client, JsonObject, Refusal
from support.connect import Connect
from support.conversation import as_object, run_turn, start_thread
from support.mcp_home import SCRIPT
from support.plugins import MANIFEST, commit_all, put, put_marketplace, put_plugin, served
from support.upstream import Upstream

VENDOR = "chatgpt authentication required for remote plugin catalog"


@pytest.fixture
def client(connect: Connect, user: Path) -> Client:
    return connect(env={"HOME": str(user)})


def plugins_of(answer: JsonObject, marketplace: str) -> dict[str, JsonObject]:
    rows = answer["marketplaces"]
    assert isinstance(rows, list)
    (found,) = [as_object(row) for row in rows if as_object(row)["name"] == marketplace]
    assert isinstance(found["plugins"], list)
    return {str(as_object(one)["name"]): as_object(one) for one in found["plugins"]}


def install(client: Client, file: Path, name: str) -> JsonObject:
    return client.call("plugin/install", {"marketplacePath": str(file), "pluginName": name})


def config_of(connect: Connect) -> JsonObject:
    return tomllib.loads((connect.home / "config.toml").read_text())


def test_the_users_marketplace_is_listed_with_what_its_plugins_say(client: Client, user: Path) -> None:
    shown: JsonObject = {
        "displayName": "Alpha!",
        "websiteURL": "https://a.example",
        "logo": "./assets/logo.png",
    }
    folder = put_plugin(user, "alpha", {"version": "1.2.3", "keywords": ["k"], "interface": shown})
    put_plugin(user, "beta")
    policy: JsonObject = {"installation": "NOT_AVAILABLE", "authentication": "ON_USE"}
    file = put_marketplace(
        user,
        "mine",
        {"name": "alpha", "source": "./plugins/alpha", "category": "Tools"},
        {"name": "beta", "source": {"source": "local", "path": "./plugins/beta"}, "policy": policy},
        {"name": "far", "source": {"source": "url", "url": "https://far.example/x.git", "ref": "main"}},
        {"name": "not a name", "source": "./plugins/alpha"},
        {"name": "escape", "source": "../plugins/alpha"},
        {"name": "other", "source": "./plugins/alpha", "policy": {"products": ["ATLAS"]}},
    )

    answer = client.call("plugin/list", {})

    found = plugins_of(answer, "mine")
    assert list(found) == ["alpha", "beta", "far"]
    alpha, interface = found["alpha"], as_object(found["alpha"]["interface"])
    assert (alpha["id"], alpha["localVersion"], alpha["keywords"]) == ("alpha@mine", "1.2.3", ["k"])
    assert alpha["source"] == {"type": "local", "path": str(folder)}
    assert (alpha["installed"], alpha["enabled"], alpha["installPolicy"]) == (False, False, "AVAILABLE")
    assert (interface["displayName"], interface["category"]) == ("Alpha!", "Tools")
    assert (interface["websiteUrl"], interface["logo"]) == ("https://a.example", f"{folder}/assets/logo.png")
    assert (found["beta"]["installPolicy"], found["beta"]["authPolicy"]) == ("NOT_AVAILABLE", "ON_USE")
    assert found["beta"]["interface"] is None
    far: JsonObject = {"url": "https://far.example/x.git", "path": None, "refName": "main", "sha": None}
    assert found["far"]["source"] == {"type": "git", **far}
    rows = answer["marketplaces"]
    assert isinstance(rows, list)
    assert as_object(rows[0])["path"] == str(file)


def test_folders_bring_marketplaces_and_broken_ones_are_told(client: Client, tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    (repository / "deep").mkdir()
    put_plugin(repository, "one")
    put_marketplace(repository, "of-repository", "one")
    broken = put(tmp_path / "broken" / MANIFEST, "{nope")
    strange = put(tmp_path / "strange" / ".claude-plugin" / "marketplace.json", {"plugins": []})

    cwds: list[JsonValue] = [str(repository / "deep"), str(tmp_path / "broken"), str(tmp_path / "strange")]
    answer = client.call("plugin/list", {"cwds": cwds})

    assert list(plugins_of(answer, "of-repository")) == ["one"]
    assert isinstance(answer["marketplaceLoadErrors"], list)
    errors = [as_object(one) for one in answer["marketplaceLoadErrors"]]
    assert [one["marketplacePath"] for one in errors] == [str(broken), str(strange)]
    assert str(errors[0]["message"]).startswith(f"invalid marketplace file `{broken}`: ")
    assert str(errors[1]["message"]).startswith(f"invalid marketplace file `{strange}`: missing field `name`")


def test_a_plugin_is_read_with_all_that_it_brings(client: Client, user: Path) -> None:
    folder = put_plugin(user, "alpha", {"description": "What it does", "hooks": "./hooks/own.json"})
    command: JsonObject = {"type": "command", "command": "true"}
    put(folder / "hooks" / "own.json", {"hooks": {"Stop": [{"hooks": [command]}]}})
    put(folder / ".mcp.json", {"mcpServers": {"srv": {"command": "true"}}})
    put(folder / ".app.json", {"apps": {"calendar": {"id": "conn_1"}}})
    file = put_marketplace(user, "mine", "alpha")

    plugin = as_object(
        client.call("plugin/read", {"marketplacePath": str(file), "pluginName": "alpha"})["plugin"]
    )

    assert (plugin["marketplaceName"], plugin["description"]) == ("mine", "What it does")
    assert isinstance(plugin["skills"], list)
    (skill,) = plugin["skills"]
    assert as_object(skill)["name"] == "alpha:greet"
    assert as_object(skill)["path"] == str(folder / "skills" / "greet" / "SKILL.md")
    assert plugin["hooks"] == [{"key": "alpha@mine:hooks/own.json:stop:0:0", "eventName": "stop"}]
    assert plugin["mcpServers"] == ["srv"]
    assert isinstance(plugin["apps"], list)
    app = as_object(plugin["apps"][0])
    assert (app["id"], app["installUrl"]) == ("conn_1", "https://chatgpt.com/apps/conn-1/conn_1")


@pytest.mark.parametrize("method", ["plugin/read", "plugin/install"])
def test_what_is_not_there_is_refused(client: Client, user: Path, method: str) -> None:
    file = str(put_marketplace(user, "mine", "alpha", "a b"))

    def said(**params: JsonValue) -> str:
        refused = client.refusal(method, {"pluginName": "zz", **params})
        assert refused.code == -32600
        return refused.message

    both = f"{method} requires exactly one of marketplacePath or remoteMarketplaceName"
    assert said() == said(marketplacePath=file, remoteMarketplaceName="x") == both
    assert said(remoteMarketplaceName="x").endswith(VENDOR)
    assert said(marketplacePath="/nope/x.json") == "marketplace file `/nope/x.json` does not exist"
    assert said(marketplacePath=file) == "plugin `zz` was not found in marketplace `mine`"
    name = "invalid plugin name: only ASCII letters, digits, `_`, and `-` are allowed"
    assert said(marketplacePath=file, pluginName="a b") == name


def test_what_its_marketplace_keeps_back_is_not_installed(client: Client, user: Path) -> None:
    put_plugin(user, "alpha")
    kept: JsonObject = {
        "name": "kept",
        "source": "./plugins/alpha",
        "policy": {"installation": "NOT_AVAILABLE"},
    }
    file = put_marketplace(user, "mine", kept, "gone")

    def refused(name: str) -> Refusal:
        return client.refusal("plugin/install", {"marketplacePath": str(file), "pluginName": name})

    assert refused("kept") == Refusal(
        -32600, "plugin `kept` is not available for install in marketplace `mine`"
    )
    assert refused("gone") == Refusal(-32600, "missing plugin.json")


def test_an_installed_plugin_is_there_until_it_is_taken_out(
    connect: Connect, client: Client, user: Path
) -> None:
    put_plugin(user, "alpha", {"version": "1.0"})
    file = put_marketplace(user, "mine", "alpha")

    installed = install(client, file, "alpha")

    kept = connect.home / "plugins" / "cache" / "mine" / "alpha" / "1.0"
    assert installed == {"authPolicy": "ON_INSTALL", "appsNeedingAuth": []}
    assert (kept / "skills" / "greet" / "SKILL.md").is_file()
    assert config_of(connect)["plugins"] == {"alpha@mine": {"enabled": True}}
    row = plugins_of(client.call("plugin/list", {}), "mine")["alpha"]
    assert (row["installed"], row["enabled"]) == (True, True)
    assert "alpha:greet" in json.dumps(client.call("skills/list", {}))

    for _ in range(2):
        assert client.call("plugin/uninstall", {"pluginId": "alpha@mine"}) == {}

    assert not kept.parent.exists()
    assert "plugins" not in config_of(connect)
    assert plugins_of(client.call("plugin/list", {}), "mine")["alpha"]["installed"] is False
    assert "alpha:greet" not in json.dumps(client.call("skills/list", {}))


def test_only_what_is_installed_or_suggested_is_listed_as_such(client: Client, user: Path) -> None:
    for name in ("alpha", "beta", "gamma"):
        put_plugin(user, name)
    file = put_marketplace(user, "mine", "alpha", "beta", "gamma")
    nothing = client.call("plugin/installed", {})
    install(client, file, "beta")

    installed = plugins_of(client.call("plugin/installed", {}), "mine")
    suggested = plugins_of(
        client.call("plugin/installed", {"installSuggestionPluginNames": ["gamma"]}), "mine"
    )

    assert nothing["marketplaces"] == []
    assert list(installed) == ["beta"]
    assert list(suggested) == ["beta", "gamma"]


def test_a_plugin_of_a_repository_is_installed_from_there(
    connect: Connect, client: Client, user: Path, tmp_path: Path
) -> None:
    repository = tmp_path / "repository"
    put_plugin(repository, "far")
    commit_all(repository)
    with served(repository) as url:
        source: JsonObject = {"source": "git-subdir", "url": url, "path": "plugins/far"}
        file = put_marketplace(user, "mine", {"name": "far", "source": source})

        install(client, file, "far")

    assert (connect.home / "plugins/cache/mine/far/local/skills/greet/SKILL.md").is_file()


def test_the_servers_of_a_plugin_join_those_of_a_thread(
    connect: Connect, client: Client, user: Path, upstream: Upstream
) -> None:
    folder = put_plugin(user, "alpha")
    put(
        folder / ".mcp.json",
        {"mcpServers": {"tools": {"command": sys.executable, "args": ["-S", str(SCRIPT)]}}},
    )
    file = put_marketplace(user, "mine", "alpha")
    thread_id = start_thread(client)

    install(client, file, "alpha")
    run_turn(client, thread_id)

    told = client.wait_for("mcpServer/startupStatus/updated", name="tools", status="ready")
    assert told["name"] == "tools"
    params: JsonObject = {
        "threadId": thread_id,
        "server": "tools",
        "tool": "echo",
        "arguments": {"text": "hi"},
    }
    assert client.call("mcpServer/tool/call", params)["content"] == [{"type": "text", "text": "hi"}]
    statuses = client.call("mcpServerStatus/list", {})["data"]
    assert isinstance(statuses, list)
    assert [as_object(one)["name"] for one in statuses] == ["tools"]


def test_the_hooks_of_a_plugin_run_in_its_name_once_they_are_trusted(
    connect: Connect, client: Client, user: Path, tmp_path: Path
) -> None:
    folder = put_plugin(user, "alpha", {"version": "1"})
    out = tmp_path / "out"
    command = f'echo "$CLAUDE_PLUGIN_ROOT ${{PLUGIN_DATA}}" > {out}'
    put(
        folder / "hooks" / "hooks.json",
        {"hooks": {"Stop": [{"hooks": [{"type": "command", "command": command}]}]}},
    )
    install(client, put_marketplace(user, "mine", "alpha"), "alpha")
    listed = client.call("hooks/list", {})["data"]
    assert isinstance(listed, list)
    hooks = as_object(listed[0])["hooks"]
    assert isinstance(hooks, list)
    (hook,) = [as_object(one) for one in hooks]

    trust: JsonObject = {str(hook["key"]): {"trusted_hash": hook["currentHash"]}}
    client.call(
        "config/batchWrite",
        {"edits": [{"keyPath": "hooks.state", "value": trust, "mergeStrategy": "upsert"}]},
    )
    run_turn(client, start_thread(client))

    root, data = connect.home / "plugins/cache/mine/alpha/1", connect.home / "plugins/data/alpha-mine"
    assert hook["key"] == "alpha@mine:hooks/hooks.json:stop:0:0"
    assert (hook["source"], hook["pluginId"]) == ("plugin", "alpha@mine")
    assert hook["command"] == command.replace("${PLUGIN_DATA}", str(data))
    assert out.read_text().split() == [str(root), str(data)]


@pytest.mark.parametrize(
    ("method", "params", "action"),
    [
        ("plugin/list", {"marketplaceKinds": ["shared-with-me"]}, "list remote plugin catalog"),
        ("plugin/share/list", {}, "list remote plugin shares"),
        ("plugin/share/save", {"pluginPath": "/x"}, "save remote plugin share"),
        ("plugin/share/checkout", {"remotePluginId": "x"}, "checkout plugin share"),
        ("plugin/share/delete", {"remotePluginId": "x"}, "delete remote plugin share"),
        (
            "plugin/share/updateTargets",
            {"remotePluginId": "x", "discoverability": "PRIVATE", "shareTargets": []},
            "update remote plugin share targets",
        ),
        (
            "plugin/skill/read",
            {"remoteMarketplaceName": "a", "remotePluginId": "b", "skillName": "c"},
            "read remote plugin skill details",
        ),
        ("plugin/uninstall", {"pluginId": "remote"}, "uninstall remote plugin"),
    ],
)
def test_the_vendors_catalogue_wants_a_login(
    shared: Client, method: str, params: JsonObject, action: str
) -> None:
    assert shared.refusal(method, params) == Refusal(-32600, f"{action}: {VENDOR}")
