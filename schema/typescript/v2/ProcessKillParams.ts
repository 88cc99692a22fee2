// Generated from the types of the package `protocol`. Changes belong there.

/** `process/kill`. */
export type ProcessKillParams = {
  "processHandle": string;
};
