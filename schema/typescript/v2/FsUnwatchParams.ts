// Generated from the types of the package `protocol`. Changes belong there.

/** `fs/unwatch`. */
export type FsUnwatchParams = {
  "watchId": string;
};
