"""login"""

from typing import Annotated, Literal

from protocol.wire import WireModel, by_tag

DesktopOnboardingEntrypoint = Literal["life_sciences"]


class AccountLoginCompletedNotification(WireModel):
    """AccountLoginCompletedNotification."""

    login_id: str | None = None
    success: bool
    error: str | None = None
    onboarding_entrypoint: DesktopOnboardingEntrypoint | None = None


class CancelLoginAccountParams(WireModel):
    """CancelLoginAccountParams."""

    login_id: str


CancelLoginAccountStatus = Literal["canceled", "notFound"]


class CancelLoginAccountResponse(WireModel):
    """CancelLoginAccountResponse."""

    status: CancelLoginAccountStatus


LoginAppBrand = Literal["codex", "chatgpt"]


class ApiKeyLoginAccountParams(WireModel):
    """ApiKeyLoginAccountParams."""

    type: Literal["apiKey"] = "apiKey"
    api_key: str


class ChatgptLoginAccountParams(WireModel):
    """ChatgptLoginAccountParams."""

    type: Literal["chatgpt"] = "chatgpt"
    codex_streamlined_login: bool = False
    use_hosted_login_success_page: bool = False
    app_brand: LoginAppBrand | None = None


class ChatgptDeviceCodeLoginAccountParams(WireModel):
    """ChatgptDeviceCodeLoginAccountParams."""

    type: Literal["chatgptDeviceCode"] = "chatgptDeviceCode"


class ChatgptAuthTokensLoginAccountParams(WireModel):
    """ChatgptAuthTokensLoginAccountParams."""

    type: Literal["chatgptAuthTokens"] = "chatgptAuthTokens"
    access_token: str
    chatgpt_account_id: str
    chatgpt_plan_type: str | None = None


class AmazonBedrockLoginAccountParams(WireModel):
    """AmazonBedrockLoginAccountParams."""

    type: Literal["amazonBedrock"] = "amazonBedrock"
    api_key: str
    region: str


class AmazonBedrockAccessKeysLoginAccountParams(WireModel):
    """AmazonBedrockAccessKeysLoginAccountParams."""

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
    by_tag("type"),
]


class ApiKeyLoginAccountResponse(WireModel):
    """ApiKeyLoginAccountResponse."""

    type: Literal["apiKey"] = "apiKey"


class ChatgptLoginAccountResponse(WireModel):
    """ChatgptLoginAccountResponse."""

    type: Literal["chatgpt"] = "chatgpt"
    login_id: str
    auth_url: str


class ChatgptDeviceCodeLoginAccountResponse(WireModel):
    """ChatgptDeviceCodeLoginAccountResponse."""

    type: Literal["chatgptDeviceCode"] = "chatgptDeviceCode"
    login_id: str
    verification_url: str
    user_code: str


class ChatgptAuthTokensLoginAccountResponse(WireModel):
    """ChatgptAuthTokensLoginAccountResponse."""

    type: Literal["chatgptAuthTokens"] = "chatgptAuthTokens"


class AmazonBedrockLoginAccountResponse(WireModel):
    """AmazonBedrockLoginAccountResponse."""

    type: Literal["amazonBedrock"] = "amazonBedrock"


LoginAccountResponse = Annotated[
    ApiKeyLoginAccountResponse
    | ChatgptLoginAccountResponse
    | ChatgptDeviceCodeLoginAccountResponse
    | ChatgptAuthTokensLoginAccountResponse
    | AmazonBedrockLoginAccountResponse,
    by_tag("type"),
]


class LogoutAccountResponse(WireModel):
    """LogoutAccountResponse."""
