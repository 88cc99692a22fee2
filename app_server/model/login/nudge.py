"""Asking the owner of a workspace for more credits, through the account's backend."""

from typing import Final

import orjson

from app_server.http.message import HttpError, shown_url
from app_server.model.login.issuer import Caller
from app_server.model.login.usage import UsageError, refusal_of

_PATHS: Final = {
    True: "wham/accounts/send_add_credits_nudge_email",
    False: "api/codex/accounts/send_add_credits_nudge_email",
}
_TOO_SOON: Final = 429


async def ask_for_credits(
    caller: Caller, base_url: str, headers: tuple[tuple[str, bytes], ...], kind: str
) -> bool:
    """Whether a mail went out; False when the last one is too fresh. Raises UsageError."""
    base = base_url.rstrip("/")
    url = f"{base}/{_PATHS['/backend-api' in base]}"
    try:
        answer = await caller.send(
            "POST", url, body=orjson.dumps({"credit_type": kind}), headers=dict(headers)
        )
    except HttpError as error:
        raise UsageError("the account's backend could not be reached") from error
    if answer.status == _TOO_SOON:
        return False
    if not answer.is_success:
        raise UsageError(f"POST {shown_url(url)} failed: {refusal_of(answer)}")
    return True
