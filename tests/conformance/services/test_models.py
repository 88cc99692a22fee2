"""The models that a provider lists take the place of those that we know (model-client.md §12)."""

import json
import threading
import time
from pathlib import Path

import pytest
from support.catalogue import entry
from support.connect import Connect
from support.conversation import id_of, run_turn, start_thread
from support.home import write_api_key_login, write_chatgpt_login, write_config
from support.tokens import Answer, Issuer, JsonObject
from support.upstream import Gate, Status, Stream, Upstream, text_reply
from support.upstream.endpoint import Endpoint

MODELS = "/v1/models"


def slugs(listed: JsonObject) -> list[object]:
    rows = listed["data"]
    assert isinstance(rows, list)
    return [row["id"] for row in rows if isinstance(row, dict)]


def efforts(listed: JsonObject) -> object:
    rows = listed["data"]
    assert isinstance(rows, list)
    assert isinstance(rows[0], dict)
    return rows[0]["supportedReasoningEfforts"]


@pytest.mark.requirement("U6")
def test_a_list_with_words_that_nobody_knows_yet_is_taken(connect: Connect) -> None:
    strange = entry(
        "next-1",
        supported_reasoning_levels=[{"effort": "max", "description": "all"}, 7, {"effort": None}],
        shell_type="telepathy",
        visibility="list",
        truncation_policy={"mode": "pages", "limit": 3},
        input_modalities=["text", "smell"],
        apply_patch_tool_type="function",
        brand_new={"a": 1},
    )
    with Issuer() as provider:
        provider.says(MODELS, (200, {"models": [entry("next-2", priority=2), strange, {"slug": None}, 3]}))
        write_config(connect.home, f"{provider.url}/v1", chatgpt=True)
        write_chatgpt_login(connect.home)

        listed = connect(extensions={}).call("model/list", {})
        again = connect().call("model/list", {"limit": 1})

        asked = provider.asked(MODELS)
    assert slugs(listed) == ["next-1", "next-2"]
    rows = listed["data"]
    assert isinstance(rows, list)
    first = rows[0]
    assert isinstance(first, dict)
    assert first["isDefault"] is True
    assert first["supportedReasoningEfforts"] == [{"reasoningEffort": "max", "description": "all"}]
    assert first["inputModalities"] == ["text"]
    assert (slugs(again), again["nextCursor"]) == (["next-1"], "1")
    assert efforts(again) == [], "a client of 0.131 could not decode the word"
    assert len(asked) == 1, "the second server reads the file"
    assert asked[0].path.endswith("?client_version=0.169.0")
    assert "x-oai-attestation" not in asked[0].headers
    assert json.loads((connect.home / "models_cache.json").read_text())["client_version"] == "0.169.0"


@pytest.mark.parametrize("answer", [(500, {}), (200, {"models": []}), (200, {"models": "none"}), (200, 3)])
def test_a_list_that_cannot_be_used_leaves_the_known_models(connect: Connect, answer: Answer) -> None:
    with Issuer() as provider:
        provider.says(MODELS, answer)
        write_config(connect.home, f"{provider.url}/v1", chatgpt=True)
        write_chatgpt_login(connect.home)

        listed = connect().call("model/list", {})

    assert slugs(listed)[0] == "gpt-5.5"


def test_nobody_is_asked_with_an_api_key(connect: Connect) -> None:
    with Issuer() as provider:
        write_config(connect.home, f"{provider.url}/v1", chatgpt=True)
        write_api_key_login(connect.home)

        connect().call("model/list", {})

        assert provider.asked(MODELS) == []


def test_an_answer_that_names_another_list_has_it_fetched(connect: Connect, upstream: Upstream) -> None:
    write_config(connect.home, upstream.base_url, chatgpt=True)
    write_chatgpt_login(connect.home)
    first = Status(200, {"models": [entry("next-1")]}, (("ETag", "v1"),))
    second = Status(200, {"models": [entry("next-2")]}, (("ETag", "v2"),))
    upstream.models.script(first, second)
    known, other = (Stream(text_reply().parts, (("x-models-etag", etag),)) for etag in ("v1", "v2"))
    upstream.script(known, other)
    client = connect()
    assert slugs(client.call("model/list", {})) == ["next-1"]
    thread_id = start_thread(client)

    run_turn(client, thread_id, "one")
    run_turn(client, thread_id, "two")
    asked = upstream.models.wait_asked(2)
    run_turn(client, thread_id, "three")

    assert len(asked) == len(upstream.models.asked) == 2, "the list that is known was not asked for"
    settled(connect.home / "models_cache.json", '"v2"')
    assert slugs(client.call("model/list", {})) == ["next-2"]


def settled(path: Path, text: str) -> None:
    """Wait until the file says so."""
    deadline = time.monotonic() + 15
    while text not in path.read_text(encoding="utf-8"):
        assert time.monotonic() < deadline, path.read_text(encoding="utf-8")
        threading.Event().wait(0.01)


def test_a_list_that_does_not_come_keeps_a_first_thread_waiting_for_a_while_only(
    connect: Connect, upstream: Upstream
) -> None:
    write_config(connect.home, upstream.base_url, chatgpt=True)
    write_chatgpt_login(connect.home)
    gate = Gate()
    upstream.models.script(Stream((gate,)))
    client = connect()

    thread_id = start_thread(client)
    gate.wait_reached()
    turn = run_turn(client, thread_id, "one")
    gate.open()

    assert turn.end["status"] == "completed"


def test_the_file_of_the_user_is_the_list_and_nobody_is_asked(connect: Connect, upstream: Upstream) -> None:
    (connect.home / "mine.json").write_text(json.dumps({"models": [entry("mine-1")]}))
    write_config(connect.home, upstream.base_url, chatgpt=True, extra='model_catalog_json = "mine.json"')
    write_chatgpt_login(connect.home)
    client = connect()

    run_turn(client, start_thread(client), "one")

    assert slugs(client.call("model/list", {})) == ["mine-1"]
    assert upstream.models.asked == []


def test_a_listed_model_is_told_what_its_list_says(connect: Connect, upstream: Upstream) -> None:
    voices = {"personality_default": "", "personality_friendly": "Warm.", "personality_pragmatic": "Dry."}
    messages = {"instructions_template": "Work. {{ personality }}", "instructions_variables": voices}
    listed = [entry("mine-1", model_messages=messages), entry("mine-2", base_instructions="Plain.")]
    (connect.home / "mine.json").write_text(json.dumps({"models": listed}))
    write_config(connect.home, upstream.base_url, extra='model_catalog_json = "mine.json"')
    client = connect()

    thread_id = start_thread(client, model="mine-1", personality="friendly")
    run_turn(client, thread_id, "one", personality="pragmatic")
    run_turn(client, thread_id, "two", model="mine-2")
    since = client.mark()
    run_turn(client, start_thread(client, model="gpt-5.4"), "three")

    said = [json.dumps(asked.json["input"]) for asked in upstream.asked]
    assert [asked.instructions for asked in upstream.asked[:2]] == ["Work. Warm."] * 2
    assert "\\nDry. </personality_spec>" in said[0]
    assert "\\nPlain.\\n</model_switch>" in said[1]
    assert "gpt-5.4" in str(client.wait_for("warning", since)["message"])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "No such file or directory (os error 2)"),
        ("{", "failed to parse model_catalog_json path `{}` as JSON: "),
        ('{"models": 3}', "failed to parse model_catalog_json path `{}` as JSON: "),
        ('{"models": []}', "model_catalog_json path `{}` must contain at least one model"),
    ],
)
def test_a_file_that_lists_nothing_is_an_error_of_the_configuration(
    connect: Connect, text: str | None, problem: str
) -> None:
    path = connect.home / "own.json"
    if text is not None:
        path.write_text(text)
    write_config(connect.home, "http://127.0.0.1:9/v1", extra='model_catalog_json = "own.json"')
    client = connect()

    warning = client.wait_for("configWarning")
    refusal = client.refusal("thread/start", {})

    assert warning["summary"] == "Invalid configuration; using defaults."
    assert str(warning["details"]).startswith(problem.format(path))
    assert refusal.code == -32600
    assert refusal.message.startswith("failed to load configuration: " + problem.format(path))


@pytest.mark.parametrize(("provider", "able"), [("openai", True), ("amazon-bedrock", False)])
def test_a_provider_of_the_users_can_do_all_and_the_one_of_amazon_nothing(
    connect: Connect, provider: str, able: bool
) -> None:
    (connect.home / "config.toml").write_text(f'model_provider = "{provider}"\n', encoding="utf-8")

    found = connect().call("modelProvider/capabilities/read", {})

    assert found == {"imageGeneration": able, "webSearch": able, "namespaceTools": able}


def test_a_list_of_long_ago_is_used_until_there_is_another(connect: Connect, upstream: Upstream) -> None:
    write_config(connect.home, upstream.base_url, chatgpt=True)
    write_chatgpt_login(connect.home)
    upstream.models.script(Status(200, {"models": [entry("next-1", base_instructions="Then.")]}))
    connect().call("model/list", {})
    path = connect.home / "models_cache.json"
    kept: JsonObject = json.loads(path.read_text())
    path.write_text(json.dumps({**kept, "fetched_at": "2020-01-01T00:00:00Z"}))
    gate = Gate()
    upstream.models.script(Stream((gate,)))
    client = connect()

    turn = run_turn(client, start_thread(client, model="next-1"))
    gate.open()

    assert turn.end["status"] == "completed"
    assert turn.params("warning") == []
    assert upstream.asked[0].instructions == "Then."


def test_the_first_thread_of_a_home_knows_the_models_of_its_provider(
    connect: Connect, upstream: Upstream
) -> None:
    upstream.models.script(Status(200, {"models": [entry("next-1", base_instructions="Now.")]}))
    write_config(connect.home, upstream.base_url, chatgpt=True)
    write_chatgpt_login(connect.home)
    client = connect()

    turn = run_turn(client, start_thread(client, model="next-1"))

    assert turn.params("warning") == []
    assert upstream.asked[0].instructions == "Now."


def test_what_users_are_to_read_of_a_model_is_listed(connect: Connect, upstream: Upstream) -> None:
    moved = entry(
        "next-1",
        priority=-1,
        availability_nux={"message": "It is new."},
        upgrade={"model": "next-2", "migration_markdown": "# Move on"},
    )
    upstream.models.script(Status(200, {"models": [entry("next-2", priority=0), moved]}))
    write_config(connect.home, upstream.base_url, chatgpt=True)
    write_chatgpt_login(connect.home)

    rows = connect().call("model/list", {})["data"]

    assert isinstance(rows, list)
    first, second = (row for row in rows if isinstance(row, dict))
    assert (first["id"], first["isDefault"], second["id"]) == ("next-1", True, "next-2")
    assert first["availabilityNux"] == {"message": "It is new."}
    assert first["upgrade"] == "next-2"
    assert isinstance(first["upgradeInfo"], dict)
    assert first["upgradeInfo"]["migrationMarkdown"] == "# Move on"
    assert second["availabilityNux"] is second["upgradeInfo"] is None


@pytest.mark.parametrize(
    ("plan", "extra", "tier"),
    [
        ("team", "", "priority"),
        ("business", "", "priority"),
        ("hc", "", "priority"),
        ("pro", "", None),
        ("edu", "", None),
        ("team", "features.fast_mode = false", None),
        ("team", "notice.fast_default_opt_out = true", None),
        ("team", 'service_tier = "flex"', "flex"),
    ],
)
def test_the_plans_of_companies_bring_the_fast_tier(
    connect: Connect, upstream: Upstream, plan: str, extra: str, tier: str | None
) -> None:
    rules = Endpoint(lambda _: Status(200, {}))
    upstream.add("GET", "/wham/config/requirements", rules)
    write_config(connect.home, upstream.base_url, chatgpt=True, extra=extra)
    write_chatgpt_login(connect.home, plan=plan)
    client = connect()

    started = client.call("thread/start", {})
    refused = client.call("thread/start", {"serviceTier": None})
    run_turn(client, id_of(started["thread"]))

    assert (started["serviceTier"], refused["serviceTier"]) == (tier, None)
    (asked,) = upstream.asked
    assert asked.json.get("service_tier") == (tier if tier == "priority" else None)


def test_a_compaction_with_a_key_asks_for_no_tier(connect: Connect, upstream: Upstream) -> None:
    write_config(connect.home, upstream.base_url, chatgpt=True, extra='service_tier = "fast"')
    path = connect.home / "config.toml"
    path.write_text(path.read_text("utf-8").replace('name = "Loopback"', 'name = "OpenAI"'), "utf-8")
    write_api_key_login(connect.home)
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)

    since = client.mark()
    client.call("thread/compact/start", {"threadId": thread_id})
    client.wait_for("turn/completed", since)

    (turn,), (compaction,) = upstream.asked, upstream.compact.asked
    assert turn.json["service_tier"] == "priority"
    assert "service_tier" not in compaction.json
