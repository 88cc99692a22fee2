"""What clients ask about usage limits, and what is done about one that stands in the way."""

from typing import Literal

from protocol.rate_limit import RateLimitSnapshot
from protocol.wire import I64, JsonValue, WireModel

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
