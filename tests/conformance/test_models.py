"""The models that a provider lists take the place of those that we know (model-client.md §12)."""

import json

import pytest
from support.connect import Connect
from support.home import write_api_key_login, write_chatgpt_login, write_config
from support.tokens import Issuer, JsonObject

MODELS = "/v1/models"


def entry(slug: str, **changes: object) -> JsonObject:
    value = {
        "slug": slug,
        "display_name": slug.upper(),
        "supported_reasoning_levels": [{"effort": "low", "description": "quick"}],
        "shell_type": "shell_command",
        "visibility": "list",
        "supported_in_api": True,
        "priority": 1,
        "base_instructions": "Be good.",
        "supports_reasoning_summaries": True,
        "support_verbosity": False,
        "truncation_policy": {"mode": "tokens", "limit": 1000},
        "supports_parallel_tool_calls": True,
        "experimental_supported_tools": [],
        **changes,
    }
    return json.loads(json.dumps(value))


def slugs(listed: JsonObject) -> list[object]:
    rows = listed["data"]
    assert isinstance(rows, list)
    return [row["id"] for row in rows if isinstance(row, dict)]


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

        listed = connect().call("model/list", {})
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
    assert len(asked) == 1, "the second server reads the file"
    assert asked[0].path.endswith("?client_version=0.169.0")
    assert "x-oai-attestation" not in asked[0].headers
    assert json.loads((connect.home / "models_cache.json").read_text())["client_version"] == "0.169.0"


@pytest.mark.parametrize("answer", [(500, {}), (200, {"models": []}), (200, {"models": "none"}), (200, 3)])
def test_a_list_that_cannot_be_used_leaves_the_known_models(
    connect: Connect, answer: tuple[int, JsonObject]
) -> None:
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
