// Generated from the types of the package `protocol`. Changes belong there.

import type { AppInfo } from "./AppInfo";

/** A page of apps. */
export type AppsListResponse = {
  "data": Array<AppInfo>;
  "nextCursor": string | null;
};
