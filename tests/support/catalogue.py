"""Entries of a provider's list of models."""

import json

from support.client import JsonObject


def entry(slug: str, **changes: object) -> JsonObject:
    """One that is whole, but for what the test changes."""
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
