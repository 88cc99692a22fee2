"""The cryptography of an agent identity (model-client.md §9.9). Imported with the first one that is used."""

import base64
import binascii
import time
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from app_server.model.lenient_json import loads
from app_server.model.login.errors import ProofError
from app_server.model.token_claims import as_object
from protocol.wire import JsonObject, JsonValue

_ALGORITHM: Final = "RS256"
_ISSUER: Final = "https://chatgpt.com/codex-backend/agent-identity"
_AUDIENCE: Final = "codex-app-server"
_LEEWAY_SECONDS: Final = 60


def verify(token: str, keys: JsonValue) -> None:
    """Check who signed the token, for whom and until when; `keys` is the issuer's set. Raises ProofError."""
    try:
        jwk = _named_key(token, keys)
        claims = jwt.decode(token, RSAKey.import_key(jwk), algorithms=[_ALGORITHM]).claims
        rules = jwt.JWTClaimsRegistry(
            now=int(time.time()),
            leeway=_LEEWAY_SECONDS,
            iss={"essential": True, "value": _ISSUER},
            aud={"essential": True, "value": _AUDIENCE},
            exp={"essential": True},
        )
        # When it was issued is not checked: many a machine's clock is a little late.
        rules.validate({name: claims[name] for name in ("iss", "aud", "exp") if name in claims})
    except (JoseError, ValueError, TypeError) as error:
        # The names of errors hold nothing of the token.
        raise ProofError(
            f"The agent identity is not valid ({type(error).__name__}).", permanent=True
        ) from None


def private_key(text: str) -> Ed25519PrivateKey:
    """The agent's key, of PKCS #8 in base64. Raises ProofError."""
    try:
        key = load_der_private_key(base64.b64decode(text, validate=True), password=None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise ProofError("The private key of the agent identity is not valid.", permanent=True)
    return key


def signature(key: Ed25519PrivateKey, *parts: str) -> str:
    """The parts, joined by colons and signed."""
    return base64.b64encode(key.sign(":".join(parts).encode())).decode()


def unsealed(key: Ed25519PrivateKey, sealed: str) -> str:
    """What somebody sealed for the agent's public key. Raises ProofError."""
    from nacl.exceptions import CryptoError  # seldom is anything sealed
    from nacl.public import SealedBox
    from nacl.signing import SigningKey

    seed = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    box = SealedBox(SigningKey(seed).to_curve25519_private_key())
    try:
        return box.decrypt(base64.b64decode(sealed, validate=True)).decode()
    except (CryptoError, ValueError):  # neither base64 nor UTF-8 are other errors than the latter
        raise ProofError("The agent's task cannot be opened with the agent's key.") from None


def _named_key(token: str, keys: JsonValue) -> dict[str, str | list[str]]:
    """The key of the set that the token's head names. Raises ProofError."""
    name = _head(token).get("kid")
    listed = as_object(keys).get("keys")
    for key in listed if isinstance(listed, list) else []:
        if isinstance(key, dict) and isinstance(name, str) and key.get("kid") == name:
            return {part: value for part, value in key.items() if isinstance(value, str)}
    raise ProofError("The agent identity is signed with a key that its issuer does not list.", permanent=True)


def _head(token: str) -> JsonObject:
    head = token.partition(".")[0]
    try:
        return as_object(loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4))))
    except (ValueError, binascii.Error):
        return {}
