// Generated from the types of the package `protocol`. Changes belong there.

import type { CollabAgentStatus } from "./CollabAgentStatus";

/** Another agent as last seen. */
export type CollabAgentState = {
  "status": CollabAgentStatus;
  /** Its last words, or its error. */
  "message": string | null;
};
