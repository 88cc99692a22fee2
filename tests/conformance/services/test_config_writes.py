"""Writing the user's config.toml, and switching features (persistence.md §11.6, services.md §6)."""

import pytest
from pydantic import JsonValue
from support.client import Client, JsonObject
from support.connect import Connect
from support.conversation import as_object, run_turn, start_thread

CODE = "config_write_error_code"


def write(client: Client, path: str, value: JsonValue, **more: JsonValue) -> JsonObject:
    params: JsonObject = {"keyPath": path, "value": value, "mergeStrategy": "replace", **more}
    return client.call("config/value/write", params)


def refused(client: Client, path: str, value: JsonValue, **more: JsonValue) -> tuple[int, str, object]:
    params: JsonObject = {"keyPath": path, "value": value, "mergeStrategy": "replace", **more}
    refusal = client.refusal("config/value/write", params)
    return refusal.code, refusal.message, refusal.data


def user_version(client: Client) -> object:
    layers = client.call("config/read", {"includeLayers": True})["layers"]
    assert isinstance(layers, list)
    users = [as_object(one) for one in layers if as_object(as_object(one)["name"])["type"] == "user"]
    return users[0]["version"]


def test_a_written_value_is_read_back_and_comments_stay(connect: Connect) -> None:
    file = connect.home / "config.toml"
    file.write_text("# mine\n" + file.read_text(), encoding="utf-8")
    client = connect()

    written = write(client, "model", "gpt-5.4")
    read = as_object(client.call("config/read", {})["config"])

    assert read["model"] == "gpt-5.4"
    assert written == {
        "status": "ok",
        "version": user_version(client),
        "filePath": str(file),
        "overriddenMetadata": None,
    }
    assert file.read_text(encoding="utf-8").startswith("# mine\n")


def test_a_read_that_is_sent_right_after_a_write_sees_it(connect: Connect) -> None:
    client = connect()

    asked = client.request(
        "config/value/write", {"keyPath": "model", "value": "gpt-5.2", "mergeStrategy": "upsert"}
    )
    read = client.call("config/read", {})

    assert as_object(read["config"])["model"] == "gpt-5.2"
    assert client.result(asked)["status"] == "ok"


def test_a_batch_is_written_as_a_whole_or_not_at_all(connect: Connect) -> None:
    client = connect()
    before = (connect.home / "config.toml").read_bytes()
    good: JsonObject = {"keyPath": "model", "value": "gpt-5.4", "mergeStrategy": "replace"}
    bad: JsonObject = {"keyPath": "model_verbosity", "value": 3, "mergeStrategy": "replace"}

    refusal = client.refusal("config/batchWrite", {"edits": [good, bad]})

    assert (refusal.code, refusal.data) == (-32600, {CODE: "configValidationError"})
    assert refusal.message.startswith("Invalid configuration: ")
    assert (connect.home / "config.toml").read_bytes() == before
    assert client.call("config/batchWrite", {"edits": [good]})["status"] == "ok"


def test_each_refusal_has_its_words_and_its_code(connect: Connect) -> None:
    client = connect()
    write(client, "model", "a")

    assert refused(client, "  ", 1) == (
        -32600, "keyPath must not be empty", {CODE: "configValidationError"}
    )  # fmt: skip
    assert refused(client, "model", "b", filePath=str(connect.home / "other.toml")) == (
        -32600,
        "Only writes to the user config are allowed",
        {CODE: "configLayerReadonly"},
    )
    assert refused(client, "model", "b", expectedVersion="sha256:0") == (
        -32600,
        "Configuration was modified since last read. Fetch latest version and retry.",
        {CODE: "configVersionConflict"},
    )
    assert write(client, "model", "b", expectedVersion=str(user_version(client)))["status"] == "ok"
    (connect.home / "config.toml").write_text("model = \n", encoding="utf-8")
    code, message, data = refused(client, "model", "c")
    assert (code, data) == (-32603, None)
    assert message.startswith("failed to load configuration: ")


def test_a_file_that_is_only_mistyped_can_be_put_right(connect: Connect) -> None:
    client = connect()
    file = connect.home / "config.toml"
    file.write_text('model = 3\nmodel_verbosity = "low"\n', encoding="utf-8")

    assert write(client, "model", None)["status"] == "ok"
    assert file.read_text(encoding="utf-8") == 'model_verbosity = "low"\n'


def test_a_value_that_the_request_line_overrides_is_told(connect: Connect) -> None:
    server = connect.server
    connect.server = type(server)((*server.command, "-c", "model=flagged"), server.kind)
    client = connect()

    written = write(client, "model", "gpt-5.4")

    told = as_object(written["overriddenMetadata"])
    assert written["status"] == "okOverridden"
    assert (told["message"], told["effectiveValue"]) == ("Overridden by session flags", "flagged")
    assert as_object(told["overridingLayer"])["name"] == {"type": "sessionFlags"}


def test_an_object_is_put_into_a_table_whose_key_has_a_dot(connect: Connect) -> None:
    client = connect()

    client.call(
        "config/value/write",
        {
            "keyPath": "projects",
            "value": {"/a/b.c": {"trust_level": "trusted"}},
            "mergeStrategy": "upsert",
        },
    )

    assert '[projects."/a/b.c"]' in (connect.home / "config.toml").read_text(encoding="utf-8")


def test_a_loaded_thread_goes_on_after_the_file_was_taken_up(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)
    edit: JsonObject = {"keyPath": "tools.view_image", "value": False, "mergeStrategy": "replace"}

    client.call("config/batchWrite", {"edits": [edit], "reloadUserConfig": True})

    assert run_turn(client, thread_id, "one").end["status"] == "completed"


def test_features_are_switched_until_the_server_ends(connect: Connect) -> None:
    client = connect()
    start_thread(client)

    echo = client.call("experimentalFeature/enablement/set", {"enablement": {"memories": True}})

    assert echo == {"enablement": {"memories": True}}
    config = as_object(client.call("config/read", {})["config"])
    assert as_object(config["features"])["memories"] is True
    write(client, "features.memories", False)
    config = as_object(client.call("config/read", {})["config"])
    assert as_object(config["features"])["memories"] is False, "the file has the last word"
    assert as_object(as_object(connect().call("config/read", {})["config"])["features"])["memories"] is False


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nope", "invalid feature enablement `nope`"),
        ("connectors", "invalid feature enablement `connectors`: use canonical feature key `apps`"),
        (
            "shell_tool",
            (
                "unsupported feature enablement `shell_tool`: currently supported features are apps, "
                "memories, mentions_v2, plugins, remote_control, tool_search, tool_suggest, "
                "tool_call_mcp_elicitation"
            ),
        ),
    ],
)
def test_a_feature_that_nobody_may_switch_is_refused(connect: Connect, name: str, message: str) -> None:
    refusal = connect().refusal("experimentalFeature/enablement/set", {"enablement": {name: True}})

    assert (refusal.code, refusal.message) == (-32600, message)
