"""errors"""

from typing import Annotated, Literal

from protocol.wire import U16, OneKey, Part, Variants, WireModel, omitted

NonSteerableTurnKind = Literal["review", "compact"]


class HttpFailure(Part):
    """What is known of a failed exchange with the model's provider."""

    http_status_code: U16 | None = None
    """None when no answer came at all."""


class HttpConnectionFailedCodexErrorInfo(OneKey):
    """`{"httpConnectionFailed": {"httpStatusCode": …}}`."""

    http_connection_failed: HttpFailure


class ResponseStreamConnectionFailedCodexErrorInfo(OneKey):
    """`{"responseStreamConnectionFailed": {"httpStatusCode": …}}`."""

    response_stream_connection_failed: HttpFailure


class ResponseStreamDisconnectedCodexErrorInfo(OneKey):
    """`{"responseStreamDisconnected": {"httpStatusCode": …}}`."""

    response_stream_disconnected: HttpFailure


class ResponseTooManyFailedAttemptsCodexErrorInfo(OneKey):
    """`{"responseTooManyFailedAttempts": {"httpStatusCode": …}}`."""

    response_too_many_failed_attempts: HttpFailure


class BusyTurn(Part):
    """The turn that takes no input while it runs."""

    turn_kind: NonSteerableTurnKind


class ActiveTurnNotSteerableCodexErrorInfo(OneKey):
    """`{"activeTurnNotSteerable": {"turnKind": …}}`."""

    active_turn_not_steerable: BusyTurn


CodexErrorInfo = Annotated[
    Literal[
        "contextWindowExceeded",
        "sessionBudgetExceeded",
        "usageLimitExceeded",
        "rateLimitExceeded",
        "flexUnavailable",
        "serverOverloaded",
        "modelNotFound",
        "policyCapacityUnavailable",
        "inferenceHookDenied",
        "cyberPolicy",
        "misalignmentPolicyViolation",
        "tooManyDenials",
        "internalServerError",
        "unauthorized",
        "badRequest",
        "threadRollbackFailed",
        "sandboxError",
        "other",
    ]
    | HttpConnectionFailedCodexErrorInfo
    | ResponseStreamConnectionFailedCodexErrorInfo
    | ResponseStreamDisconnectedCodexErrorInfo
    | ResponseTooManyFailedAttemptsCodexErrorInfo
    | ActiveTurnNotSteerableCodexErrorInfo,
    Variants(
        "CodexErrorInfo",
        "contextWindowExceeded",
        "sessionBudgetExceeded",
        "usageLimitExceeded",
        "rateLimitExceeded",
        "flexUnavailable",
        "serverOverloaded",
        "modelNotFound",
        "policyCapacityUnavailable",
        "inferenceHookDenied",
        "cyberPolicy",
        "misalignmentPolicyViolation",
        "tooManyDenials",
        "httpConnectionFailed",
        "responseStreamConnectionFailed",
        "internalServerError",
        "unauthorized",
        "badRequest",
        "threadRollbackFailed",
        "sandboxError",
        "responseStreamDisconnected",
        "responseTooManyFailedAttempts",
        "activeTurnNotSteerable",
        "other",
    ),
]
"""The kind of a failure, for clients to act on: a word, or an object of one key that says more."""


class MisalignmentSteer(WireModel):
    """MisalignmentSteer."""

    message: str


class MisalignmentErrorDetails(WireModel):
    """MisalignmentErrorDetails."""

    error_type: str | None = None
    detailed_explanation: str | None = None
    steer: MisalignmentSteer | None = None
    review_target: str | None = omitted()


class TurnError(WireModel):
    """TurnError."""

    message: str
    codex_error_info: CodexErrorInfo | None = None
    additional_details: str | None = None
    misalignment: MisalignmentErrorDetails | None = None


class ErrorNotification(WireModel):
    """ErrorNotification."""

    error: TurnError
    will_retry: bool
    thread_id: str
    turn_id: str
