// Generated from the types of the package `protocol`. Changes belong there.

/** A command. */
export type CommandMigration = {
  "name": string;
};
