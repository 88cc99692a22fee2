// Generated from the types of the package `protocol`. Changes belong there.

/** `hooks/list`. */
export type HooksListParams = {
  /** Absent or empty: the server's directory. */
  "cwds"?: Array<string>;
  "threadId"?: string | null;
};
