"""Tokens that programs are given instead of logins, and who confirms them, on the loopback upstream."""

import base64
import json
from dataclasses import dataclass, field
from functools import cache
from typing import Final, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from joserfc import jwt
from joserfc.jwk import RSAKey
from nacl.public import SealedBox
from nacl.signing import VerifyKey
from pydantic import JsonValue

from support.upstream import Endpoint, Status, Upstream

JsonObject = dict[str, JsonValue]
KEY_NAME: Final = "key-1"
PERSONAL: Final = "at-personal"
ACCOUNT: Final[JsonObject] = {
    "chatgpt_user_id": "user-9",
    "chatgpt_account_id": "acct-9",
    "email": "owner@example.com",
    "chatgpt_plan_type": "pro",
    "chatgpt_account_is_fedramp": False,
}
"""Whose the personal access token is."""


@cache
def issuer_key() -> RSAKey:
    """What identities are signed with."""
    return RSAKey.generate_key(2048, {"kid": KEY_NAME})


@cache
def agent_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


def agent_key_text() -> str:
    """The agent's key as its identity holds it."""
    return base64.b64encode(
        agent_key().private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    ).decode()


def claims_of(**changes: JsonValue) -> JsonObject:
    """What an identity says."""
    return {
        "iss": "https://chatgpt.com/codex-backend/agent-identity",
        "aud": "codex-app-server",
        "iat": 1_700_000_000,
        "exp": 4_000_000_000,
        "agent_runtime_id": "agent-1",
        "agent_private_key": agent_key_text(),
        "account_id": "acct-7",
        "chatgpt_user_id": "user-7",
        "email": "agent@example.com",
        "plan_type": "pro",
        "chatgpt_account_is_fedramp": False,
        **changes,
    }


def identity_token(
    claims: JsonObject | None = None, *, kid: str | None = KEY_NAME, key: RSAKey | None = None
) -> str:
    """A signed identity."""
    head: dict[str, JsonValue] = {"alg": "RS256"}
    if kid is not None:
        head["kid"] = kid
    return jwt.encode(head, claims_of() if claims is None else claims, key or issuer_key())


def identity_login(**changes: JsonValue) -> JsonObject:
    """An auth.json with an identity."""
    return {"auth_mode": "agentIdentity", "agent_identity": identity_token(claims_of(**changes))}


def sealed(text: str) -> str:
    """Something that only the agent can open."""
    public = agent_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    box = SealedBox(VerifyKey(public).to_curve25519_public_key())
    return base64.b64encode(box.encrypt(text.encode())).decode()


def check_signature(signature: JsonValue, *parts: JsonValue) -> None:
    """Raises InvalidSignature unless the agent signed exactly these parts."""
    agent_key().public_key().verify(base64.b64decode(str(signature)), ":".join(map(str, parts)).encode())


def checked_assertion(authorization: str) -> dict[str, str]:
    """What a request says in the agent's name, its signature checked."""
    said = assertion_in(authorization)
    check_signature(said["signature"], said["agent_runtime_id"], said["task_id"], said["timestamp"])
    return said


def assertion_in(authorization: str) -> dict[str, str]:
    """What a request says in the agent's name."""
    kind, _, value = authorization.partition(" ")
    assert kind == "AgentAssertion"
    assert "=" not in value
    return json.loads(base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)))


@dataclass
class Identities:
    """The endpoints that confirm tokens, at an upstream."""

    upstream: Upstream
    keys: Endpoint = field(init=False)
    tasks: Endpoint = field(init=False)
    whoami: Endpoint = field(init=False)

    def __post_init__(self) -> None:
        public = cast("JsonObject", issuer_key().as_dict(private=False))
        self.keys = Endpoint(lambda _: Status(200, {"keys": [public]}))
        self.tasks = Endpoint(lambda _: Status(200, {"task_id": "task-1"}))
        self.whoami = Endpoint(lambda _: Status(200, ACCOUNT))
        self.upstream.add("GET", "/agent-identities/jwks", self.keys)
        self.upstream.add("POST", "/task/register", self.tasks)
        self.upstream.add("GET", "/user-auth-credential/whoami", self.whoami)

    @property
    def env(self) -> dict[str, str]:
        """What makes a server ask here."""
        return {
            "CODEX_AGENT_IDENTITY_AUTHAPI_BASE_URL": f"{self.upstream.root}/authapi",
            "CODEX_AUTHAPI_BASE_URL": f"{self.upstream.root}/authapi",
        }
