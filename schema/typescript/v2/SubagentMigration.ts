// Generated from the types of the package `protocol`. Changes belong there.

/** A sub-agent. */
export type SubagentMigration = {
  "name": string;
};
