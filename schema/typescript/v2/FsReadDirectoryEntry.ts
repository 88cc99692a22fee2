// Generated from the types of the package `protocol`. Changes belong there.

/** One entry. */
export type FsReadDirectoryEntry = {
  /** The name alone. */
  "fileName": string;
  "isDirectory": boolean;
  "isFile": boolean;
};
