"""Usage limits of an account, as the provider reports them."""

from typing import Literal

from protocol.plan import PlanType
from protocol.wire import I32, I64, WireModel


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
