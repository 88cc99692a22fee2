// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/loaded/list`. */
export type ThreadLoadedListParams = {
  "cursor"?: string | null;
  /** Absent: all. */
  "limit"?: number | null;
};
