// Generated from the types of the package `protocol`. Changes belong there.

/** `skills/list`. */
export type SkillsListParams = {
  /** Absent or empty: the server's directory. */
  "cwds"?: Array<string>;
  /** True: look at the disk again. */
  "forceReload"?: boolean;
};
