"""`thread/realtime/listVoices` (model-client.md §8)."""

from support.client import Client


def test_the_voices_are_listed_by_version(shared: Client) -> None:
    assert shared.call("thread/realtime/listVoices", {}) == {
        "voices": {
            "v1": ["juniper", "maple", "spruce", "ember", "vale", "breeze", "arbor", "sol", "cove"],
            "v2": ["alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar"],
            "defaultV1": "cove",
            "defaultV2": "marin",
        }
    }
