// Generated from the types of the package `protocol`. Changes belong there.

/** What happens to a file. */
export type PatchChangeKind =
  | { "type": "add" }
  | { "type": "delete" }
  | {
    "type": "update";
    /** Its new path, if it moves. The key is snake_case on the wire. */
    "move_path": string | null;
  };
