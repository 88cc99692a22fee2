// Generated from the types of the package `protocol`. Changes belong there.

import type { AppInfo } from "./AppInfo";

/** `app/list/updated`: the list in full. */
export type AppListUpdatedNotification = {
  "data": Array<AppInfo>;
};
