// Generated from the types of the package `protocol`. Changes belong there.

import type { NonSteerableTurnKind } from "./NonSteerableTurnKind";

/** The kind of a failure, for clients to act on: a word, or an object of one key that says more. */
export type CodexErrorInfo =
  | "contextWindowExceeded"
  | "sessionBudgetExceeded"
  | "usageLimitExceeded"
  | "rateLimitExceeded"
  | "flexUnavailable"
  | "serverOverloaded"
  | "modelNotFound"
  | "policyCapacityUnavailable"
  | "inferenceHookDenied"
  | "cyberPolicy"
  | "misalignmentPolicyViolation"
  | "tooManyDenials"
  | "internalServerError"
  | "unauthorized"
  | "badRequest"
  | "threadRollbackFailed"
  | "sandboxError"
  | "other"
  | { "httpConnectionFailed": {
    /** Null when no answer came at all. */
    "httpStatusCode": number | null;
  } }
  | { "responseStreamConnectionFailed": {
    /** Null when no answer came at all. */
    "httpStatusCode": number | null;
  } }
  | { "responseStreamDisconnected": {
    /** Null when no answer came at all. */
    "httpStatusCode": number | null;
  } }
  | { "responseTooManyFailedAttempts": {
    /** Null when no answer came at all. */
    "httpStatusCode": number | null;
  } }
  | { "activeTurnNotSteerable": { "turnKind": NonSteerableTurnKind } };
