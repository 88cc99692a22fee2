"""An agent identity, from its token to the assertions that its requests carry (model-client.md §9.9)."""

import base64
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import anyio
import anyio.to_thread
import orjson

from app_server.http.message import HttpError
from app_server.model.access_token import AgentIdentityAuth, TokenAccount
from app_server.model.login.errors import ProofError
from app_server.model.login.issuer import Caller, IssuerAnswer, accounts_url
from app_server.model.retry import backoff
from app_server.model.token_claims import text
from protocol.wire import JsonObject, JsonValue

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_AUTHAPI_VARIABLE: Final = "CODEX_AGENT_IDENTITY_AUTHAPI_BASE_URL"
_KEY_SECONDS: Final = 10
_TRIES: Final = 3


class AgentTask:
    """A task that the agent has registered; each request is signed in its name."""

    def __init__(self, auth: AgentIdentityAuth, key: "Ed25519PrivateKey", task_id: str) -> None:
        self.account: TokenAccount = auth.account
        self._runtime_id = auth.runtime_id
        self._key = key
        self._task_id = task_id

    def authorization(self) -> str:
        """Good for a request that is sent now."""
        from app_server.model.login.agent_keys import signature  # was loaded for the proof

        now = _timestamp()
        assertion = {
            "agent_runtime_id": self._runtime_id,
            "signature": signature(self._key, self._runtime_id, self._task_id, now),
            "task_id": self._task_id,
            "timestamp": now,
        }
        return f"AgentAssertion {base64.urlsafe_b64encode(orjson.dumps(assertion)).rstrip(b'=').decode()}"


async def register_task(
    auth: AgentIdentityAuth, caller: Caller, env: Mapping[str, str], chatgpt_base_url: str
) -> AgentTask:
    """Have the token checked against its issuer's keys, and a task registered. Raises ProofError.

    An identity without a token needs no check, and one with a task no other.
    """
    keys = None if auth.token is None else await _issuer_keys(caller, chatgpt_base_url)
    # Big libraries are loaded, and an RSA signature is checked: not on the event loop.
    key = await anyio.to_thread.run_sync(_verified_key, auth, keys)
    if auth.task_id is not None:
        return AgentTask(auth, key, auth.task_id)
    base = accounts_url(env, _AUTHAPI_VARIABLE)
    url = f"{base}/v1/agent/{quote(auth.runtime_id, safe='')}/task/register"
    answer = await _registered(caller, url, auth.runtime_id, key)
    return AgentTask(auth, key, _task_id(answer.json, key))


def _verified_key(auth: AgentIdentityAuth, keys: JsonValue) -> "Ed25519PrivateKey":
    from app_server.model.login.agent_keys import private_key, verify

    if auth.token is not None:
        verify(auth.token, keys)
    return private_key(auth.private_key)


async def _issuer_keys(caller: Caller, chatgpt_base_url: str) -> JsonValue:
    base = chatgpt_base_url.rstrip("/")
    url = f"{base}/{'wham/' if '/backend-api' in base else ''}agent-identities/jwks"
    try:
        answer = await caller.send("GET", url, seconds=_KEY_SECONDS)
    except HttpError:
        raise ProofError("The issuer of agent identities could not be reached.") from None
    if not answer.is_success:
        raise ProofError(f"The issuer of agent identities gave no keys: {answer.shown_status}.")
    return answer.json


async def _registered(caller: Caller, url: str, runtime_id: str, key: "Ed25519PrivateKey") -> IssuerAnswer:
    """The answer to the registration; what the network or the server is to blame for is tried again."""
    from app_server.model.login.agent_keys import signature

    failure = "no answer"
    for attempt in range(1, _TRIES + 1):
        now = _timestamp()
        body: JsonObject = {"timestamp": now, "signature": signature(key, runtime_id, now)}
        try:
            answer = await caller.send("POST", url, body=orjson.dumps(body))
        except HttpError:
            failure = "no answer"
        else:
            if answer.is_success:
                return answer
            failure = answer.shown_status
            if answer.status < 500:
                raise ProofError(f"The agent's task was not registered: {failure}.", permanent=True)
        if attempt < _TRIES:
            await anyio.sleep(backoff(attempt))
    raise ProofError(f"The agent's task was not registered: {failure}.")


def _task_id(answer: JsonObject, key: "Ed25519PrivateKey") -> str:
    plain = text(answer.get("task_id")) or text(answer.get("taskId"))
    if plain is not None:
        return plain
    sealed = text(answer.get("encrypted_task_id")) or text(answer.get("encryptedTaskId"))
    if sealed is None:
        raise ProofError("The registration of the agent's task named no task.")
    from app_server.model.login.agent_keys import unsealed

    return unsealed(key, sealed)


def _timestamp() -> str:
    return datetime.fromtimestamp(int(time.time()), UTC).isoformat().replace("+00:00", "Z")
