// Generated from the types of the package `protocol`. Changes belong there.

import type { LegacyAppPathString } from "../LegacyAppPathString";

/** A process that a thread left running. */
export type ThreadBackgroundTerminal = {
  "itemId": string;
  "processId": string;
  "command": string;
  "cwd": LegacyAppPathString;
  "osPid": number | null;
  "cpuPercent": number | null;
  /** In kibibytes. */
  "rssKb": number | null;
};
