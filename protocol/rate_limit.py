"""Usage limits of an account, as the provider reports them."""

from typing import Literal

from protocol.account import PlanType
from protocol.wire import I32, I64, JsonValue, WireModel


class CreditsSnapshot(WireModel):
    """Credits that count once the plan's own allowance is used up."""

    has_credits: bool
    unlimited: bool
    balance: str | None = None
    """A decimal number as text."""


RateLimitReachedType = Literal[
    "rate_limit_reached",
    "workspace_owner_credits_depleted",
    "workspace_member_credits_depleted",
    "workspace_owner_usage_limit_reached",
    "workspace_member_usage_limit_reached",
]
"""Which limit stands in the way."""


class RateLimitWindow(WireModel):
    """One window of a limit."""

    used_percent: I32
    """0 to 100."""
    window_duration_mins: I64 | None = None
    resets_at: I64 | None = None
    """Unix seconds."""


class SpendControlLimitSnapshot(WireModel):
    """A spending limit of one member."""

    limit: str
    """A decimal number as text."""
    used: str
    """A decimal number as text."""
    remaining_percent: I32
    resets_at: I64
    """Unix seconds."""


class RateLimitSnapshot(WireModel):
    """One limit as last reported."""

    limit_id: str | None = None
    """Null: the limit of the plan itself."""
    limit_name: str | None = None
    normal_model_slug: str | None = None
    primary: RateLimitWindow | None = None
    """The shorter window."""
    secondary: RateLimitWindow | None = None
    """The longer window."""
    credits: CreditsSnapshot | None = None
    individual_limit: SpendControlLimitSnapshot | None = None
    spend_control_reached: bool | None = None
    plan_type: PlanType | None = None
    rate_limit_reached_type: RateLimitReachedType | None = None


class AccountRateLimitsUpdatedNotification(WireModel):
    """`account/rateLimits/updated`: a response of the provider told of its limits."""

    rate_limits: RateLimitSnapshot
    """A null member is not known this time; it does not clear what was known before."""


AddCreditsNudgeCreditType = Literal["credits", "usage_limit"]
"""What the workspace has run out of."""

AddCreditsNudgeEmailStatus = Literal["sent", "cooldown_active"]
"""Whether the mail went out."""


class GetAccountRateLimitsParams(WireModel):
    """`account/rateLimits/read`. May be left out altogether."""

    supports_luna_reserve: bool = False
    exclude_reset_credit_details: bool = False
    """True: only their number is wanted."""


RateLimitResetCreditStatus = Literal["available", "redeeming", "redeemed", "unknown"]
"""Whether it can still be used."""

RateLimitResetType = Literal["codexRateLimits", "unknown"]
"""What a reset credit resets."""


class RateLimitResetCredit(WireModel):
    """A right to have a limit reset early."""

    id: str
    reset_type: RateLimitResetType
    status: RateLimitResetCreditStatus
    granted_at: I64
    """Unix seconds."""
    expires_at: I64 | None = None
    """Unix seconds."""
    title: str | None = None
    description: str | None = None


class RateLimitResetCreditsSummary(WireModel):
    """The rights that are left."""

    available_count: I64
    credits: list[RateLimitResetCredit] | None = None
    """Null when the details were not asked for."""


class GetAccountRateLimitsResponse(WireModel):
    """The limits of the account."""

    ordinary_usage_allowed: bool | None = None
    rate_limits: RateLimitSnapshot
    """The limit that matters most, for clients that show one."""
    rate_limits_by_limit_id: dict[str, RateLimitSnapshot] | None = None
    """All of them."""
    rate_limit_reset_credits: RateLimitResetCreditsSummary | None = None
    account_id: str | None = None
    rate_limit_upsell: JsonValue = None
    """Opaque, for the client's interface."""


class SendAddCreditsNudgeEmailParams(WireModel):
    """`account/sendAddCreditsNudgeEmail`: asks the workspace's owner for more."""

    credit_type: AddCreditsNudgeCreditType


class SendAddCreditsNudgeEmailResponse(WireModel):
    """What became of it."""

    status: AddCreditsNudgeEmailStatus
