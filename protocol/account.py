"""account"""

from typing import Annotated, Literal

from protocol.wire import Experimental, WireModel, by_tag

PlanType = Literal[
    "free",
    "go",
    "plus",
    "pro",
    "prolite",
    "promax",
    "team",
    "self_serve_business_prolite",
    "self_serve_business_usage_based",
    "business",
    "ent26",
    "enterprise_cbp_automation",
    "enterprise_cbp_usage_based",
    "enterprise",
    "edu",
    "edu_plus",
    "edu_pro",
    "sci",
    "sci_plus",
    "unknown",
]


class ApiKeyAccount(WireModel):
    """ApiKeyAccount."""

    type: Literal["apiKey"] = "apiKey"


class ChatgptAccount(WireModel):
    """ChatgptAccount."""

    type: Literal["chatgpt"] = "chatgpt"
    email: str | None
    plan_type: PlanType
    workspace_name: str | None = None


class AmazonBedrockAccount(WireModel):
    """AmazonBedrockAccount."""

    type: Literal["amazonBedrock"] = "amazonBedrock"
    uses_codex_managed_credentials: bool = False


class GcpAccount(WireModel):
    """GcpAccount."""

    type: Literal["gcp"] = "gcp"


Account = Annotated[
    ApiKeyAccount | ChatgptAccount | AmazonBedrockAccount | GcpAccount,
    by_tag("type"),
]


AccountRoutingOverride = Literal["NO_CONSTRAINT", "us", "us_cr"]

AuthMode = Literal[
    "apikey",
    "chatgpt",
    "chatgptAuthTokens",
    "headers",
    "agentIdentity",
    "personalAccessToken",
    "bedrockApiKey",
    "bedrockAccessKeys",
]


class AccountUpdatedNotification(WireModel):
    """AccountUpdatedNotification."""

    auth_mode: AuthMode | None = None
    plan_type: PlanType | None = None


class AuthRecoveryNotification(WireModel):
    """AuthRecoveryNotification."""

    thread_id: str
    turn_id: str
    provider: str
    message: str


class GetAccountParams(WireModel):
    """GetAccountParams."""

    refresh_token: bool = False


class WorkspaceRouting(WireModel):
    """WorkspaceRouting."""

    chatgpt_account_id: str
    backend_origin: str
    account_routing_override: AccountRoutingOverride


class GetAccountResponse(WireModel):
    """GetAccountResponse."""

    account: Account | None = None
    user_id: str | None = None
    requires_openai_auth: bool
    workspace_routing: Experimental[WorkspaceRouting | None] = None


class AuthRecoveryStarted(AuthRecoveryNotification):
    """`modelProvider/authRecoveryStarted`: a refused request makes the server renew the provider's login."""


class AuthRecoveryCompleted(AuthRecoveryNotification):
    """`modelProvider/authRecoveryCompleted`: it did, and the request goes out again."""
