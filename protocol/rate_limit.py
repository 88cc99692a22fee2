"""rate_limit"""

from typing import Literal

from protocol.account import PlanType
from protocol.wire import I32, I64, JsonValue, WireModel


class CreditsSnapshot(WireModel):
    """CreditsSnapshot."""

    has_credits: bool
    unlimited: bool
    balance: str | None = None


RateLimitReachedType = Literal[
    "rate_limit_reached",
    "workspace_owner_credits_depleted",
    "workspace_member_credits_depleted",
    "workspace_owner_usage_limit_reached",
    "workspace_member_usage_limit_reached",
]


class RateLimitWindow(WireModel):
    """RateLimitWindow."""

    used_percent: I32
    window_duration_mins: I64 | None = None
    resets_at: I64 | None = None


class SpendControlLimitSnapshot(WireModel):
    """SpendControlLimitSnapshot."""

    limit: str
    used: str
    remaining_percent: I32
    resets_at: I64


class RateLimitSnapshot(WireModel):
    """RateLimitSnapshot."""

    limit_id: str | None = None
    limit_name: str | None = None
    normal_model_slug: str | None = None
    primary: RateLimitWindow | None = None
    secondary: RateLimitWindow | None = None
    credits: CreditsSnapshot | None = None
    individual_limit: SpendControlLimitSnapshot | None = None
    spend_control_reached: bool | None = None
    plan_type: PlanType | None = None
    rate_limit_reached_type: RateLimitReachedType | None = None


class AccountRateLimitsUpdatedNotification(WireModel):
    """AccountRateLimitsUpdatedNotification."""

    rate_limits: RateLimitSnapshot


AddCreditsNudgeCreditType = Literal["credits", "usage_limit"]

AddCreditsNudgeEmailStatus = Literal["sent", "cooldown_active"]


class GetAccountRateLimitsParams(WireModel):
    """GetAccountRateLimitsParams."""

    supports_luna_reserve: bool = False
    exclude_reset_credit_details: bool = False


RateLimitResetCreditStatus = Literal["available", "redeeming", "redeemed", "unknown"]

RateLimitResetType = Literal["codexRateLimits", "unknown"]


class RateLimitResetCredit(WireModel):
    """RateLimitResetCredit."""

    id: str
    reset_type: RateLimitResetType
    status: RateLimitResetCreditStatus
    granted_at: I64
    expires_at: I64 | None = None
    title: str | None = None
    description: str | None = None


class RateLimitResetCreditsSummary(WireModel):
    """RateLimitResetCreditsSummary."""

    available_count: I64
    credits: list[RateLimitResetCredit] | None = None


class GetAccountRateLimitsResponse(WireModel):
    """GetAccountRateLimitsResponse."""

    ordinary_usage_allowed: bool | None = None
    rate_limits: RateLimitSnapshot
    rate_limits_by_limit_id: dict[str, RateLimitSnapshot] | None = None
    rate_limit_reset_credits: RateLimitResetCreditsSummary | None = None
    account_id: str | None = None
    rate_limit_upsell: JsonValue = None


class SendAddCreditsNudgeEmailParams(WireModel):
    """SendAddCreditsNudgeEmailParams."""

    credit_type: AddCreditsNudgeCreditType


class SendAddCreditsNudgeEmailResponse(WireModel):
    """SendAddCreditsNudgeEmailResponse."""

    status: AddCreditsNudgeEmailStatus
