// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadSettings } from "./ThreadSettings";

/** `thread/settings/updated`. */
export type ThreadSettingsUpdatedNotification = {
  "threadId": string;
  "threadSettings": ThreadSettings;
};
