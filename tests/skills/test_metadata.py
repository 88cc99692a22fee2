"""`agents/openai.yaml`: what makes sense of it counts, the rest never costs the skill."""

import pytest

from app_server.skills.metadata import SkillMetadata, parse_metadata

FOLDER = "/skills/one"
SHOWN = {
    "display_name": None,
    "short_description": None,
    "icon_small": None,
    "icon_large": None,
    "brand_color": None,
    "default_prompt": None,
}


def test_everything_is_read() -> None:
    text = """
interface:
  display_name: "  Shown  Name "
  short_description: sd
  icon_small: ./assets/i.png
  icon_large: assets/l.png
  brand_color: "#aaBBcc"
  default_prompt: hello  world
dependencies:
  tools:
    - {type: mcp, value: srv, description: de, transport: stdio, command: run, url: "http://x"}
    - {type: x}
    - {type: env_var, value: TOKEN}
policy:
  allow_implicit_invocation: false
  products: [CODEX, chatgpt]
"""

    assert parse_metadata(text, FOLDER) == SkillMetadata(
        interface={
            "display_name": "Shown Name",
            "short_description": "sd",
            "icon_small": "/skills/one/assets/i.png",
            "icon_large": "/skills/one/assets/l.png",
            "brand_color": "#aaBBcc",
            "default_prompt": "hello world",
        },
        dependencies={
            "tools": [
                {
                    "type": "mcp",
                    "value": "srv",
                    "description": "de",
                    "transport": "stdio",
                    "command": "run",
                    "url": "http://x",
                },
                {"type": "env_var", "value": "TOKEN"},
            ]
        },
        implicit=False,
        products=("codex", "chatgpt"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "interface: {}",
        "interface: [",
        "interface: hello\npolicy:\n  allow_implicit_invocation: false",
        "interface:\n  display_name: [1]\npolicy:\n  allow_implicit_invocation: false",
        'policy:\n  allow_implicit_invocation: "false"',
        "policy:\n  products: [nobody]",
        "dependencies:\n  tools: []",
        "dependencies:\n  tools:\n  - type: x",
        "interface:\n  icon_small: /abs/i.png\n  icon_large: ../x.png\n  brand_color: red",
        "interface:\n  icon_small: assets/../assets/i.png\n  icon_large: other/l.png",
        f"interface:\n  display_name: {'x' * 65}",
    ],
)
def test_what_makes_no_sense_counts_as_absent(text: str) -> None:
    assert parse_metadata(text, FOLDER) == SkillMetadata()


def test_an_unknown_entry_beside_a_known_one_is_passed_over() -> None:
    told = parse_metadata("more: 1\ninterface:\n  display_name: ok\n  more: 1\n", FOLDER)

    assert told == SkillMetadata(interface={**SHOWN, "display_name": "ok"})
