"""Taking over what users set up for another agent (services.md §10)."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import JsonValue
from support.client import Client, JsonObject, Refusal
from support.connect import Connect, Server
from support.conversation import as_object
from support.home import write_config
from support.plugins import put
from support.upstream import Upstream


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / ".git").mkdir(parents=True)
    return folder


@pytest.fixture
def connect(server: Server, peer_home: Path, upstream: Upstream) -> Iterator[Connect]:
    """As usual, but with a home in a folder of its own: skills are written beside it."""
    home = peer_home / "codex"
    home.mkdir()
    write_config(home, upstream.base_url)
    connect = Connect(server, home)
    yield connect
    connect.close()


@pytest.fixture
def client(connect: Connect, user: Path) -> Client:
    return connect(env={"HOME": str(user)})


def detected(client: Client, *cwds: Path) -> list[JsonObject]:
    params: JsonObject = {"includeHome": not cwds, "cwds": [str(cwd) for cwd in cwds]}
    items = client.call("externalAgentConfig/detect", params)["items"]
    assert isinstance(items, list)
    return [as_object(item) for item in items]


def take_over(client: Client, items: list[JsonObject]) -> None:
    since = client.mark()
    client.call("externalAgentConfig/import", {"migrationItems": [*items]})
    client.wait_for("externalAgentConfig/import/completed", since)


def kinds(items: list[JsonObject]) -> list[JsonValue]:
    return [item["itemType"] for item in items]


def names(item: JsonObject, key: str) -> list[JsonValue]:
    rows = as_object(item["details"])[key]
    assert isinstance(rows, list)
    return [as_object(row)["name"] for row in rows]


def test_without_another_agent_there_is_nothing_to_take_over(client: Client, project: Path) -> None:
    assert detected(client) == []
    assert detected(client, project, project / "not there") == []


def test_settings_become_ours_where_ours_say_nothing(connect: Connect, client: Client, user: Path) -> None:
    hooks: JsonObject = {
        "PreToolUse": [
            {"matcher": "Bash", "hooks": [{"type": "command", "command": "echo pre", "timeout": 5}]}
        ],
        "Stop": [{"hooks": [{"type": "prompt", "prompt": "x"}]}],
        "Notification": [{"hooks": [{"type": "command", "command": "n"}]}],
    }
    settings: JsonObject = {"env": {"ONE": "1"}, "sandbox": {"enabled": True}, "hooks": hooks}
    source = put(user / ".claude" / "settings.json", settings)

    items = detected(client)
    take_over(client, items)

    config = tomllib.loads((connect.home / "config.toml").read_text())
    assert kinds(items) == ["CONFIG", "HOOKS"]
    assert items[0]["description"] == f"Migrate {source} into {connect.home / 'config.toml'}"
    assert (items[0]["cwd"], items[0]["details"]) == (None, None)
    assert names(items[1], "hooks") == ["PreToolUse"]
    assert config["sandbox_mode"] == "workspace-write"
    assert config["shell_environment_policy"] == {"inherit": "core", "set": {"ONE": "1"}}
    assert config["model_provider"] == "loopback"
    assert json.loads((connect.home / "hooks.json").read_text()) == {
        "hooks": {"PreToolUse": hooks["PreToolUse"]}
    }
    assert detected(client) == []


def test_servers_are_taken_over_if_they_can_be_said_in_our_config(
    connect: Connect, client: Client, user: Path
) -> None:
    servers: JsonObject = {
        "plain": {"command": "run", "args": ["-x"], "env": {"TOKEN": "${TOKEN}", "MODE": "fast"}},
        "web": {"type": "http", "url": "https://w.example", "headers": {"Authorization": "Bearer ${KEY}"}},
        "renamed": {"command": "run", "env": {"TOKEN": "${OTHER}"}},
        "stream": {"type": "sse", "url": "https://s.example"},
        "off": {"command": "run", "disabled": True},
    }
    put(user / ".claude.json", {"mcpServers": servers})

    items = detected(client)
    take_over(client, items)

    config = tomllib.loads((connect.home / "config.toml").read_text())
    assert kinds(items) == ["MCP_SERVER_CONFIG"]
    assert names(items[0], "mcpServers") == ["plain", "web"]
    assert config["mcp_servers"] == {
        "plain": {"command": "run", "args": ["-x"], "env": {"MODE": "fast"}, "env_vars": ["TOKEN"]},
        "web": {"url": "https://w.example", "bearer_token_env_var": "KEY"},
    }
    assert detected(client) == []


def test_texts_are_taken_over_in_our_words(connect: Connect, client: Client, user: Path) -> None:
    source = user / ".claude"
    put(source / "CLAUDE.md", "# Rules\nClaude Code reads CLAUDE.md.\n")
    put(
        source / "skills" / "deploy" / "SKILL.md",
        "---\nname: deploy\ndescription: Deploys\n---\nAsk Claude.\n",
    )
    put(source / "skills" / "deploy" / "run.sh", "true\n")
    put(source / "commands" / "fix.md", "---\ndescription: Fix it\n---\nFix it, Claude.\n")
    put(source / "commands" / "with.md", "---\ndescription: With words\n---\nDo $ARGUMENTS\n")
    put(source / "agents" / "judge.md", "---\nname: judge\ndescription: Judges\n---\nYou judge.\n")
    skills = connect.home.parent / ".agents" / "skills"

    items = detected(client)
    take_over(client, items)

    assert sorted(str(kind) for kind in kinds(items)) == ["AGENTS_MD", "COMMANDS", "SKILLS", "SUBAGENTS"]
    assert (connect.home / "AGENTS.md").read_text() == "# Rules\nCodex reads AGENTS.md.\n"
    assert "Ask Codex." in (skills / "deploy" / "SKILL.md").read_text()
    assert (skills / "deploy" / "run.sh").is_file()
    command = (skills / "source-command-fix" / "SKILL.md").read_text()
    assert 'description: "Fix it"' in command
    assert "Fix it, Codex." in command
    assert not (skills / "source-command-with").exists()
    assert tomllib.loads((connect.home / "agents" / "judge.toml").read_text()) == {
        "name": "judge",
        "description": "Judges",
        "developer_instructions": "You judge.",
    }
    assert detected(client) == []


def test_a_projects_things_stay_in_the_project(client: Client, user: Path, project: Path) -> None:
    put(project / "CLAUDE.md", "For Claude\n")
    put(project / ".mcp.json", {"mcpServers": {"shared": {"command": "a"}}})
    own: JsonObject = {"mcpServers": {"own": {"command": "b"}}}
    put(user / ".claude.json", {"projects": {str(project): own}})
    put(project / ".claude" / "settings.json", {"env": {"A": "1"}})
    put(project / ".claude" / "settings.local.json", {"env": {"B": "2"}})
    (project / "deep").mkdir()

    items = detected(client, project / "deep")
    take_over(client, items)

    config = tomllib.loads((project / ".codex" / "config.toml").read_text())
    assert kinds(items) == ["CONFIG", "MCP_SERVER_CONFIG", "AGENTS_MD"]
    assert {str(item["cwd"]) for item in items} == {str(project)}
    assert config["mcp_servers"] == {"own": {"command": "b"}, "shared": {"command": "a"}}
    assert config["shell_environment_policy"] == {"inherit": "core", "set": {"A": "1", "B": "2"}}
    assert (project / "AGENTS.md").read_text() == "For Codex\n"
    assert detected(client, project) == []


def test_what_is_there_is_not_replaced(connect: Connect, client: Client, user: Path) -> None:
    put(user / ".claude" / "CLAUDE.md", "theirs\n")
    put(connect.home / "AGENTS.md", "ours\n")
    item: JsonObject = {"itemType": "AGENTS_MD", "description": "", "cwd": None, "details": None}

    found = detected(client)
    take_over(client, [item])

    assert found == []
    assert (connect.home / "AGENTS.md").read_text() == "ours\n"


def test_a_session_that_was_not_found_is_refused(client: Client) -> None:
    sessions: JsonObject = {"sessions": [{"path": "/nope", "cwd": "/x"}]}
    item: JsonObject = {"itemType": "SESSIONS", "description": "", "details": sessions}

    refused = client.refusal("externalAgentConfig/import", {"migrationItems": [item]})

    assert refused == Refusal(-32602, "external agent session was not detected for import: /nope")
