"""Signing in and out."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.wire import Dated, WireModel

DesktopOnboardingEntrypoint = Literal["life_sciences"]
"""Where the desktop app continues after the login."""


class AccountLoginCompletedNotification(WireModel):
    """`account/login/completed`: a login that was waiting has ended."""

    login_id: str | None = None
    """Null for logins that end at once."""
    success: bool
    error: str | None = None
    onboarding_entrypoint: DesktopOnboardingEntrypoint | None = None


class CancelLoginAccountParams(WireModel):
    """`account/login/cancel`."""

    login_id: str


CancelLoginAccountStatus = Literal["canceled", "notFound"]
"""Whether there was such a login."""


class CancelLoginAccountResponse(WireModel):
    """What became of it."""

    status: CancelLoginAccountStatus


LoginAppBrand = Literal["codex", "chatgpt"]
"""Whose name the page after the login shows."""


class ApiKeyLoginAccountParams(WireModel):
    """With a key."""

    type: Literal["apiKey"] = "apiKey"
    api_key: str


class ChatgptLoginAccountParams(WireModel):
    """In the browser."""

    type: Literal["chatgpt"] = "chatgpt"
    codex_streamlined_login: bool = False
    """Asks the issuer for its shorter form."""
    use_hosted_login_success_page: bool = False
    """True: the issuer's page ends the login, not ours."""
    app_brand: LoginAppBrand | None = None


class ChatgptDeviceCodeLoginAccountParams(WireModel):
    """In a browser elsewhere, with a code to type."""

    type: Literal["chatgptDeviceCode"] = "chatgptDeviceCode"


class ChatgptAuthTokensLoginAccountParams(WireModel):
    """With tokens that the client owns and renews. Experimental."""

    type: Literal["chatgptAuthTokens"] = "chatgptAuthTokens"
    access_token: str
    """A JWT."""
    chatgpt_account_id: str
    chatgpt_plan_type: str | None = None
    """Absent: read from the token."""


class AmazonBedrockLoginAccountParams(WireModel):
    """With a key of a cloud."""

    type: Literal["amazonBedrock"] = "amazonBedrock"
    api_key: str
    region: str


class AmazonBedrockAccessKeysLoginAccountParams(WireModel):
    """With access keys of a cloud."""

    type: Literal["amazonBedrockAccessKeys"] = "amazonBedrockAccessKeys"
    access_key_id: str
    secret_access_key: str
    session_token: str | None = None
    region: str


LoginAccountParams = Annotated[
    ApiKeyLoginAccountParams
    | ChatgptLoginAccountParams
    | ChatgptDeviceCodeLoginAccountParams
    | ChatgptAuthTokensLoginAccountParams
    | AmazonBedrockLoginAccountParams
    | AmazonBedrockAccessKeysLoginAccountParams,
    Field(discriminator="type"),
]
"""`account/login/start`, by the way of signing in."""


class ApiKeyLoginAccountResponse(WireModel):
    """Done."""

    type: Literal["apiKey"] = "apiKey"


class ChatgptLoginAccountResponse(WireModel):
    """The client is to open the address."""

    type: Literal["chatgpt"] = "chatgpt"
    login_id: str
    auth_url: str
    """Ends up at a port on loopback that waits for it."""


class ChatgptDeviceCodeLoginAccountResponse(WireModel):
    """The user is to open the address and type the code."""

    type: Literal["chatgptDeviceCode"] = "chatgptDeviceCode"
    login_id: str
    verification_url: str
    user_code: str


class ChatgptAuthTokensLoginAccountResponse(WireModel):
    """Done."""

    type: Literal["chatgptAuthTokens"] = "chatgptAuthTokens"


class AmazonBedrockLoginAccountResponse(WireModel):
    """Done."""

    type: Literal["amazonBedrock"] = "amazonBedrock"


LoginAccountResponse = Annotated[
    ApiKeyLoginAccountResponse
    | ChatgptLoginAccountResponse
    | ChatgptDeviceCodeLoginAccountResponse
    | ChatgptAuthTokensLoginAccountResponse
    | AmazonBedrockLoginAccountResponse,
    Field(discriminator="type"),
    Dated(new=("amazonBedrock",)),
]
"""What comes next, by the way of signing in."""


class LogoutAccountResponse(WireModel):
    """Empty."""
