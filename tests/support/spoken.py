"""Spoken conversations as a client has them: how it starts one, and what it is told."""

import json

from pydantic import JsonValue

from support.client import Client, JsonObject
from support.conversation import as_object
from support.upstream import Asked

ATTESTATION = "x-oai-attestation"
CONFIG = "[attestation]\ntimeout_ms = 1000\n[features]\nrealtime_conversation = true"
OFFER = "v=0 offer\r\n"


def speak(client: Client, thread_id: str, **params: JsonValue) -> None:
    """Start one by a call, or as `params` say."""
    whole: JsonObject = {
        "threadId": thread_id,
        "outputModality": "audio",
        "prompt": "be brief",
        "includeStartupContext": False,
        "transport": {"type": "webrtc", "sdp": OFFER},
        **params,
    }
    assert client.call("thread/realtime/start", whole) == {}


def told(client: Client, since: int) -> list[tuple[str, JsonObject]]:
    """The realtime notifications since the mark, without their thread's id."""
    found: list[tuple[str, JsonObject]] = []
    for message in client.received[since:]:
        method = message.get("method")
        if isinstance(method, str) and method.startswith("thread/realtime/"):
            params = dict(as_object(message["params"]))
            del params["threadId"]
            found.append((method.removeprefix("thread/realtime/"), params))
    return found


def attestation_of(asked: Asked) -> JsonValue:
    """The token of the client that a request carries."""
    value = asked.headers.get(ATTESTATION)
    return None if value is None else json.loads(value)["t"]
