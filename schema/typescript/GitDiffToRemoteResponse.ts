// Generated from the types of the package `protocol`. Changes belong there.

/** The newest commit that the remote has, and the diff from there, untracked files included. */
export type GitDiffToRemoteResponse = {
  "sha": string;
  "diff": string;
};
