// Generated from the types of the package `protocol`. Changes belong there.

import type { CollaborationModeMask } from "./CollaborationModeMask";

/** The modes. */
export type CollaborationModeListResponse = {
  "data": Array<CollaborationModeMask>;
};
