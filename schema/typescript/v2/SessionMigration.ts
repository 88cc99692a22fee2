// Generated from the types of the package `protocol`. Changes belong there.

/** A conversation. */
export type SessionMigration = {
  "path": string;
  "cwd": string;
  "title": string | null;
};
