// Generated from the types of the package `protocol`. Changes belong there.

/** The repository when the thread began. */
export type GitInfo = {
  /** Of the commit. */
  "sha": string | null;
  "branch": string | null;
  "originUrl": string | null;
};
