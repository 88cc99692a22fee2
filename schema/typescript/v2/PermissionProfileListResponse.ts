// Generated from the types of the package `protocol`. Changes belong there.

import type { PermissionProfileSummary } from "./PermissionProfileSummary";

/** A page of profiles. */
export type PermissionProfileListResponse = {
  "data": Array<PermissionProfileSummary>;
  "nextCursor": string | null;
};
