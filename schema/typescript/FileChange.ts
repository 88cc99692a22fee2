// Generated from the types of the package `protocol`. Changes belong there.

/** What happens to one file. */
export type FileChange =
  | { "type": "add", "content": string }
  | { "type": "delete", "content": string }
  | { "type": "update", "unified_diff": string, "move_path": string | null };
