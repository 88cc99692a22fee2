// Generated from the types of the package `protocol`. Changes belong there.

import type { LegacyAppPathString } from "../LegacyAppPathString";

/** What a part of a command seems to do, for display. */
export type CommandAction =
  | {
    "type": "read";
    "command": string;
    /** The file's name alone. */
    "name": string;
    "path": LegacyAppPathString;
  }
  | { "type": "listFiles", "command": string, "path": string | null }
  | { "type": "search", "command": string, "query": string | null, "path": string | null }
  | { "type": "unknown", "command": string };
