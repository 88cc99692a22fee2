"""What a CODEX_HOME needs for a test: a provider on loopback, and perhaps a login."""

import base64
import json
from pathlib import Path

from pydantic import JsonValue

PROVIDER = "loopback"


def write_config(
    home: Path, base_url: str, *, provider: str = "", extra: str = "", retries: int = 0, chatgpt: bool = False
) -> None:
    """A config.toml whose default provider is the one at `base_url`.

    `provider` is added to the provider's table, `extra` to the top of the file. `chatgpt`: the provider takes
    the ChatGPT login, and what belongs to it is on loopback too.
    """
    root = base_url.removesuffix("/v1")
    lines = [
        f'model_provider = "{PROVIDER}"',
        'model = "gpt-5.5"',
        f'chatgpt_base_url = "{root}/backend-api/"',
        extra,
        "[analytics]",
        "enabled = false",
        f"[model_providers.{PROVIDER}]",
        'name = "Loopback"',
        f'base_url = "{base_url}"',
        'wire_api = "responses"',
        f"request_max_retries = {retries}",
        f"stream_max_retries = {retries}",
        "requires_openai_auth = true" if chatgpt else "",
        provider,
    ]
    (home / "config.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_chatgpt_login(home: Path, *, plan: str = "pro", account: str = "acct-1") -> None:
    """An auth.json as the ChatGPT login leaves it; its token is unsigned and expires in a far year."""
    claims: JsonValue = {
        "email": "someone@example.com",
        "exp": 4_000_000_000,
        "https://api.openai.com/auth": {
            "chatgpt_plan_type": plan,
            "chatgpt_user_id": "user-1",
            "chatgpt_account_id": account,
        },
    }
    token = ".".join((_segment({"alg": "none", "typ": "JWT"}), _segment(claims), "unsigned"))
    write_login(
        home,
        {
            "auth_mode": "chatgpt",
            "OPENAI_API_KEY": None,
            "tokens": {
                "id_token": token,
                "access_token": token,
                "refresh_token": "refresh-1",
                "account_id": account,
            },
            "last_refresh": "2099-01-01T00:00:00Z",
        },
    )


def write_api_key_login(home: Path) -> None:
    """An auth.json as the login by key leaves it."""
    write_login(home, {"auth_mode": "apikey", "OPENAI_API_KEY": "sk-test"})


def _segment(value: JsonValue) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def write_login(home: Path, auth: JsonValue) -> None:
    """An auth.json with this in it."""
    path = home / "auth.json"
    path.write_text(json.dumps(auth), encoding="utf-8")
    path.chmod(0o600)
