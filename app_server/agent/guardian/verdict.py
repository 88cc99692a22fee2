"""What the reviewer answers, and how it is read: what is unclear is a refusal."""

from typing import Final, NamedTuple

import orjson

from protocol.guardian import (
    GuardianApprovalReview,
    GuardianApprovalReviewStatus,
    GuardianRiskLevel,
    GuardianUserAuthorization,
)
from protocol.wire import JsonObject, JsonValue

_RISKS: Final = ("low", "medium", "high", "critical")
_AUTHORIZATIONS: Final = ("unknown", "low", "medium", "high")

SCHEMA: Final[JsonObject] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "risk_level": {"type": "string", "enum": list(_RISKS)},
        "user_authorization": {"type": "string", "enum": list(_AUTHORIZATIONS)},
        "outcome": {"type": "string", "enum": ["allow", "deny"]},
        "rationale": {"type": "string"},
    },
    "required": ["outcome"],
}


class Verdict(NamedTuple):
    """How a review ended."""

    status: GuardianApprovalReviewStatus
    risk: GuardianRiskLevel | None = None
    authorization: GuardianUserAuthorization | None = None
    rationale: str | None = None

    def on_wire(self) -> GuardianApprovalReview:
        return GuardianApprovalReview(
            status=self.status,
            risk_level=self.risk,
            user_authorization=self.authorization,
            rationale=self.rationale,
        )


RUNNING: Final = Verdict("inProgress")
ABORTED: Final = Verdict("aborted")


def failed(why: str) -> Verdict:
    """Nobody has judged it, so it is refused."""
    return Verdict("denied", "high", "unknown", f"The review failed: {why}")


def verdict_of(answer: str | None) -> Verdict:
    """The verdict that an answer states; a text around its JSON does no harm."""
    said = _object(answer or "")
    if said is None:
        return failed("its answer holds no verdict")
    risk, authorization, rationale = (
        said.get(key) for key in ("risk_level", "user_authorization", "rationale")
    )
    allowed = said.get("outcome") == "allow"
    reason = rationale.strip() if isinstance(rationale, str) else ""
    unsaid = "It is allowed as of low risk." if allowed else "The reviewer gave no reason."
    return Verdict(
        "approved" if allowed else "denied",
        risk if risk in _RISKS else "low" if allowed else "high",
        authorization if authorization in _AUTHORIZATIONS else "unknown",
        reason or unsaid,
    )


def _object(answer: str) -> JsonObject | None:
    for text in (answer, answer[answer.find("{") : answer.rfind("}") + 1]):
        try:
            found: JsonValue = orjson.loads(text)
        except orjson.JSONDecodeError:
            continue
        if isinstance(found, dict) and found.get("outcome") in ("allow", "deny"):
            return found
    return None
