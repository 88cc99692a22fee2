"""Why a turn failed, and the notification of it."""

from typing import Annotated, Literal

from protocol.wire import U16, Dated, OneKey, Part, Variants, WireModel, omitted

NonSteerableTurnKind = Literal["review", "compact"]
"""A kind of turn that takes no further input."""


class HttpFailure(Part):
    """What is known of a failed exchange with the model's provider."""

    http_status_code: U16 | None = None
    """Null when no answer came at all."""


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
    Dated(
        new=(
            "flexUnavailable",
            "inferenceHookDenied",
            "misalignmentPolicyViolation",
            "modelNotFound",
            "policyCapacityUnavailable",
            "rateLimitExceeded",
            "sessionBudgetExceeded",
            "tooManyDenials",
        ),
        instead="other",
    ),
]
"""The kind of a failure, for clients to act on: a word, or an object of one key that says more."""


class MisalignmentSteer(WireModel):
    """What the user could say instead."""

    message: str


class MisalignmentErrorDetails(WireModel):
    """Why a request was stopped as misaligned."""

    error_type: str | None = None
    detailed_explanation: str | None = None
    steer: MisalignmentSteer | None = None
    review_target: str | None = omitted()


class TurnError(WireModel):
    """A failure, for the user and for the client."""

    message: str
    codex_error_info: CodexErrorInfo | None = None
    """The kind, where there is one."""
    additional_details: str | None = None
    """More for the user, such as the text of the underlying error."""
    misalignment: MisalignmentErrorDetails | None = None


class ErrorNotification(WireModel):
    """`error`: a request upstream failed."""

    error: TurnError
    will_retry: bool
    """True: the turn goes on with another try. False: the turn ends with it."""
    thread_id: str
    turn_id: str
