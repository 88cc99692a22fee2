// Generated from the types of the package `protocol`. Changes belong there.

/** `gitDiffToRemote`: what differs between a checkout and what its remote has. */
export type GitDiffToRemoteParams = {
  "cwd": string;
};
