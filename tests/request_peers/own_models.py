"""Sessions with a list of models of the user's own: who is told what, in whose words (prompt-input.md §9)."""

import json

from request_peers.sessions import Session
from request_peers.stage import Stage
from support.catalogue import entry
from support.client import Client, JsonObject
from support.conversation import run_turn, start_thread

VOICES = {"personality_default": "D", "personality_friendly": "F", "personality_pragmatic": "P"}
PLACE = "{{ personality }}"


def _messages(template: str | None, **voices: str) -> dict[str, object]:
    return {"instructions_template": template, "instructions_variables": voices or VOICES}


MODELS = (
    entry("plain", base_instructions="Plain.", truncation_policy={"mode": "bytes", "limit": 90}),
    entry("voiced", model_messages=_messages(f"A {PLACE} z"), context_window=20_000),
    entry("half", model_messages=_messages(f"B {PLACE}", personality_friendly="HF")),
    entry("fixed", model_messages=_messages("No place")),
    entry("loose", base_instructions="Loose.", model_messages=_messages(None)),
    entry("twice", model_messages=_messages(f"{PLACE}{PLACE}")),
    entry("silent", base_instructions="", input_modalities=["text"]),
)


def _client(stage: Stage, extra: str = "") -> Client:
    path = stage.home / "models.json"
    path.write_text(json.dumps({"models": MODELS}))
    return stage.client(extra=f'model_catalog_json = "{path}"\nskills.include_instructions = false\n{extra}')


def their_own_words(stage: Stage) -> None:
    """Each model with each personality, and then another model."""
    client = _client(stage)
    for model in MODELS:
        slug = str(model["slug"])
        for chosen in (None, "none", "friendly"):
            thread_id = start_thread(client, model=slug, personality=chosen)
            for changes in _changes(slug):
                run_turn(client, thread_id, "hello", **changes)


def _changes(slug: str) -> list[JsonObject]:
    return [
        {},
        {"personality": "friendly"},
        {"personality": "pragmatic"},
        {"model": "voiced" if slug != "voiced" else "half"},
        {"model": slug, "personality": "none"},
        {"model": "gpt-5.4"},
    ]


def another_at_first(stage: Stage) -> None:
    client = _client(stage)
    for model in MODELS:
        run_turn(client, start_thread(client, model="voiced"), model=str(model["slug"]))
        run_turn(client, start_thread(client, model=str(model["slug"])), model="voiced")


def without_personalities(stage: Stage) -> None:
    client = _client(stage, "features.personality = false")
    for model in MODELS:
        thread_id = start_thread(client, model=str(model["slug"]))
        run_turn(client, thread_id, "hello")
        run_turn(client, thread_id, "hello", personality="friendly", model="voiced")


def words_of_a_client(stage: Stage) -> None:
    """Instructions of a client's, and none at all; kept by a resume and by a fork."""
    client = _client(stage, 'developer_instructions = "Configured."\ninstructions = "Older."')
    for words in (None, "", "Mine."):
        thread_id = start_thread(client, model="voiced", baseInstructions=words, developerInstructions=words)
        run_turn(client, thread_id)
        run_turn(client, thread_id, personality="friendly")
        run_turn(client, thread_id, model="half")
        client = stage.again()
        client.call("thread/resume", {"threadId": thread_id})
        run_turn(client, thread_id, model="plain")


OWN_MODELS = (
    Session(their_own_words),
    Session(another_at_first),
    Session(without_personalities),
    Session(words_of_a_client),
)
