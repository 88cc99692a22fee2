"""A CODEX_HOME for one demonstration: a login that opens nothing, and a provider that is not far away."""

import base64
import json
import os
from datetime import UTC, datetime
from pathlib import Path

from protocol.wire import JsonObject

_CLAIMS: JsonObject = {
    "email": "demo@example.com",
    "https://api.openai.com/auth": {"chatgpt_plan_type": "pro", "chatgpt_account_id": "demo-account"},
}
_CONFIG = """\
model = "gpt-5.4"
model_provider = "demo"

[model_providers.demo]
name = "Demo"
base_url = {base_url}
wire_api = "responses"
# The login, and with it the attestation, goes only to providers that ask for it.
requires_openai_auth = true
"""


def furnish(home: Path, base_url: str) -> None:
    """Write `auth.json` (a ChatGPT login with an unsigned token) and `config.toml` for this upstream."""
    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    tokens = {
        "id_token": _unsigned_token(_CLAIMS),
        "access_token": "demo-access-token",
        "refresh_token": "demo-refresh-token",
        "account_id": "demo-account",
    }
    login = {"auth_mode": "chatgpt", "OPENAI_API_KEY": None, "tokens": tokens, "last_refresh": now}
    home.mkdir(parents=True)
    with os.fdopen(os.open(home / "auth.json", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(login, file, indent=2)
    # A JSON string is a TOML string too.
    (home / "config.toml").write_text(_CONFIG.format(base_url=json.dumps(base_url)), "utf-8")


def _unsigned_token(claims: JsonObject) -> str:
    parts = [json.dumps({"alg": "none", "typ": "JWT"}), json.dumps(claims), "unsigned"]
    return ".".join(base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts)
