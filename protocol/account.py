"""Who the server is signed in as."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.plan import PlanType
from protocol.wire import Dated, Experimental, WireModel


class ApiKeyAccount(WireModel):
    """A key; nobody in particular."""

    type: Literal["apiKey"] = "apiKey"


class ChatgptAccount(WireModel):
    """A person, or a member of a workspace."""

    type: Literal["chatgpt"] = "chatgpt"
    email: Annotated[str | None, Dated(absent="")]
    plan_type: PlanType
    workspace_name: str | None = None


class AmazonBedrockAccount(WireModel):
    """An account of a cloud that serves the models."""

    type: Literal["amazonBedrock"] = "amazonBedrock"
    uses_codex_managed_credentials: bool = False
    """True: the credentials are kept by us."""


class GcpAccount(WireModel):
    """An account of a cloud that serves the models."""

    type: Literal["gcp"] = "gcp"


Account = Annotated[
    ApiKeyAccount | ChatgptAccount | AmazonBedrockAccount | GcpAccount,
    Field(discriminator="type"),
    Dated(new=("gcp",)),
]
"""Who is signed in."""


AccountRoutingOverride = Literal["NO_CONSTRAINT", "us", "us_cr"]
"""The region that a workspace's traffic is bound to."""

AuthMode = Annotated[
    Literal[
        "apikey",
        "chatgpt",
        "chatgptAuthTokens",
        "headers",
        "agentIdentity",
        "personalAccessToken",
        "bedrockApiKey",
        "bedrockAccessKeys",
    ],
    Dated(
        new=(
            "headers",
            "bedrockApiKey",
            "bedrockAccessKeys",
            "personalAccessToken",
        ),
        instead="apikey",
    ),
]
"""How the server authenticates to the provider."""


class AccountUpdatedNotification(WireModel):
    """`account/updated`: somebody signed in or out."""

    auth_mode: AuthMode | None = None
    """Null: signed out."""
    plan_type: PlanType | None = None


class AuthRecoveryNotification(WireModel):
    """What the two notifications about a renewed login have in common."""

    thread_id: str
    turn_id: str
    provider: str
    """Its id."""
    message: str


class GetAccountParams(WireModel):
    """`account/read`."""

    refresh_token: bool = False
    """True to renew the login first."""


class WorkspaceRouting(WireModel):
    """Where a workspace's requests go."""

    chatgpt_account_id: str
    backend_origin: str
    account_routing_override: AccountRoutingOverride


class GetAccountResponse(WireModel):
    """The account."""

    account: Account | None = None
    """Null when nobody is signed in."""
    user_id: str | None = None
    requires_openai_auth: bool
    """Whether the active provider needs a login at all."""
    workspace_routing: Experimental[WorkspaceRouting | None] = None


class AuthRecoveryStarted(AuthRecoveryNotification):
    """`modelProvider/authRecoveryStarted`: a refused request makes the server renew the provider's login."""


class AuthRecoveryCompleted(AuthRecoveryNotification):
    """`modelProvider/authRecoveryCompleted`: it did, and the request goes out again."""
