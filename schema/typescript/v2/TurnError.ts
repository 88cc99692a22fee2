// Generated from the types of the package `protocol`. Changes belong there.

import type { CodexErrorInfo } from "./CodexErrorInfo";
import type { MisalignmentErrorDetails } from "./MisalignmentErrorDetails";

/** A failure, for the user and for the client. */
export type TurnError = {
  "message": string;
  /** The kind, where there is one. */
  "codexErrorInfo": CodexErrorInfo | null;
  /** More for the user, such as the text of the underlying error. */
  "additionalDetails": string | null;
  "misalignment": MisalignmentErrorDetails | null;
};
