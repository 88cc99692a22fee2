// Generated from the types of the package `protocol`. Changes belong there.

/** What a command seems to do. */
export type ParsedCommand =
  | { "type": "read", "cmd": string, "name": string, "path": string }
  | { "type": "list_files", "cmd": string, "path": string | null }
  | { "type": "search", "cmd": string, "query": string | null, "path": string | null }
  | { "type": "unknown", "cmd": string };
