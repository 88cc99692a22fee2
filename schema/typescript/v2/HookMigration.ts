// Generated from the types of the package `protocol`. Changes belong there.

/** A hook. */
export type HookMigration = {
  "name": string;
};
