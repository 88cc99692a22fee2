"""Marketplaces are added, brought up to date and removed (services.md §9)."""

import tomllib
from pathlib import Path

import pytest
from pydantic import JsonValue
from support.client import Client, JsonObject, Refusal
from support.connect import Connect
from support.conversation import as_object
from support.plugins import commit_all, put, put_marketplace, put_plugin, served


def added(connect: Connect) -> dict[str, JsonValue]:
    values = tomllib.loads((connect.home / "config.toml").read_text())
    return values.get("marketplaces", {})


def test_a_folder_is_added_once_and_removed(connect: Connect, tmp_path: Path) -> None:
    put_plugin(tmp_path, "alpha")
    put_marketplace(tmp_path, "near", "alpha")
    client = connect()

    first = client.call("marketplace/add", {"source": str(tmp_path)})
    again = client.call("marketplace/add", {"source": str(tmp_path)})
    written = as_object(added(connect)["near"])
    listed = client.call("plugin/list", {})["marketplaces"]
    removed = client.call("marketplace/remove", {"marketplaceName": "near"})

    here: JsonObject = {"marketplaceName": "near", "installedRoot": str(tmp_path)}
    assert (first, again) == ({**here, "alreadyAdded": False}, {**here, "alreadyAdded": True})
    assert (written["source_type"], written["source"]) == ("local", str(tmp_path))
    assert isinstance(listed, list)
    assert [as_object(one)["name"] for one in listed] == ["near"]
    assert removed == {"marketplaceName": "near", "installedRoot": None}
    assert added(connect) == {}
    assert (tmp_path / "plugins" / "alpha").is_dir()


def test_a_repository_is_cloned_brought_up_to_date_and_removed(connect: Connect, tmp_path: Path) -> None:
    plugin = put_plugin(tmp_path, "alpha")
    put_marketplace(tmp_path, "far", "alpha")
    commit_all(tmp_path)
    root = connect.home / ".tmp" / "marketplaces" / "far"
    client = connect()
    with served(tmp_path) as url:
        first = client.call("marketplace/add", {"source": url})
        again = client.call("marketplace/add", {"source": url})
        other = client.refusal("marketplace/add", {"source": f"{url}#main"})
        file = str(root / ".agents" / "plugins" / "marketplace.json")
        client.call("plugin/install", {"marketplacePath": file, "pluginName": "alpha"})
        client.call("marketplace/upgrade", {})
        put(plugin / "new", "text")
        commit_all(tmp_path)

        upgraded = client.call("marketplace/upgrade", {"marketplaceName": "far"})
        unchanged = client.call("marketplace/upgrade", {})

    there: JsonObject = {"marketplaceName": "far", "installedRoot": str(root)}
    assert (first, again) == ({**there, "alreadyAdded": False}, {**there, "alreadyAdded": True})
    assert other.message == (
        "marketplace 'far' is already added from a different source; remove it before adding this source"
    )
    assert upgraded == {"selectedMarketplaces": ["far"], "upgradedRoots": [str(root)], "errors": []}
    assert unchanged == {"selectedMarketplaces": ["far"], "upgradedRoots": [], "errors": []}
    assert (root / "plugins" / "alpha" / "new").is_file()
    assert (connect.home / "plugins/cache/far/alpha/local/new").is_file()
    table = as_object(added(connect)["far"])
    assert (table["source_type"], table["source"], len(str(table["last_revision"]))) == ("git", url, 40)
    assert client.call("marketplace/remove", {"marketplaceName": "far"}) == there
    assert not root.exists()


def test_only_what_is_wanted_of_a_repository_is_checked_out(connect: Connect, tmp_path: Path) -> None:
    put_plugin(tmp_path, "alpha")
    put_plugin(tmp_path, "beta")
    put_marketplace(tmp_path, "far", "alpha", "beta")
    commit_all(tmp_path)
    with served(tmp_path) as url:
        connect().call("marketplace/add", {"source": url, "sparsePaths": [".agents", "plugins/beta"]})

    plugins = connect.home / ".tmp" / "marketplaces" / "far" / "plugins"
    assert [one.name for one in plugins.iterdir()] == ["beta"]


def test_a_repository_that_fails_leaves_nothing_and_an_old_clone_as_it_was(
    connect: Connect, tmp_path: Path
) -> None:
    put_marketplace(tmp_path, "far")
    put(tmp_path / "README", "text")
    commit_all(tmp_path)
    client = connect()
    with served(tmp_path) as url:
        missing = client.refusal("marketplace/add", {"source": url, "refName": "nope"})
        nothing = added(connect)
        client.call("marketplace/add", {"source": url})

    failed = client.call("marketplace/upgrade", {})

    assert missing.code == -32603
    assert "git checkout nope failed" in missing.message
    assert nothing == {}
    assert failed["upgradedRoots"] == []
    assert isinstance(failed["errors"], list)
    assert [as_object(one)["marketplaceName"] for one in failed["errors"]] == ["far"]
    assert (connect.home / ".tmp" / "marketplaces" / "far" / "README").is_file()


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"source": " "}, "marketplace source must not be empty"),
        (
            {"source": "nonsense"},
            "invalid marketplace source format; expected owner/repo, a git URL, or a local marketplace path",
        ),
        (
            {"source": "/nope"},
            "failed to resolve local marketplace source path: No such file or directory (os error 2)",
        ),
        (
            {"source": "FOLDER"},
            "invalid marketplace file `FOLDER`: marketplace root does not contain a supported manifest",
        ),
        ({"source": "FOLDER", "refName": "x"}, "--ref is only supported for git marketplace sources"),
        (
            {"source": "FOLDER", "sparsePaths": ["x"]},
            "--sparse is only supported for git marketplace sources",
        ),
    ],
)
def test_what_is_no_marketplace_is_not_added(
    shared: Client, tmp_path: Path, params: JsonObject, said: str
) -> None:
    given = {**params, "source": str(params["source"]).replace("FOLDER", str(tmp_path))}

    assert shared.refusal("marketplace/add", given) == Refusal(-32600, said.replace("FOLDER", str(tmp_path)))


@pytest.mark.parametrize(
    ("method", "name", "said"),
    [
        ("marketplace/remove", "zz", "marketplace `zz` is not configured or installed"),
        (
            "marketplace/remove",
            "a b",
            "invalid marketplace name: only ASCII letters, digits, `_`, and `-` are allowed",
        ),
        ("marketplace/upgrade", "zz", "marketplace `zz` is not configured as a Git marketplace"),
    ],
)
def test_a_marketplace_that_is_not_there_cannot_be_changed(
    shared: Client, method: str, name: str, said: str
) -> None:
    assert shared.refusal(method, {"marketplaceName": name}) == Refusal(-32600, said)
