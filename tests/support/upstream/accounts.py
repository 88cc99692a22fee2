"""`GET …/wham/accounts/check`: where an account's backend lies. Newer servers ask before they tell of it."""

from pydantic import JsonValue

from support.upstream.asked import Asked
from support.upstream.endpoint import Endpoint
from support.upstream.replies import Reply, Status

NOWHERE = "https://127.0.0.1:9"
"""They take an origin of https alone; nothing listens there, and the provider is asked all the same."""


def accounts() -> Endpoint:
    """The account that asks, whichever it is, and no rule about its region."""
    return Endpoint(_only_account)


def _only_account(asked: Asked) -> Reply:
    account = asked.headers.get("chatgpt-account-id", b"").decode()
    entry: JsonValue = {
        "id": account,
        "workspace_backend_origin": NOWHERE,
        "account_routing_override": "NO_CONSTRAINT",
    }
    return Status(200, {"accounts": [entry], "account_ordering": [account]})
