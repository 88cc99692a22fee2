// Generated from the types of the package `protocol`. Changes belong there.

/** How it ended. */
export type CommandExecResponse = {
  "exitCode": number;
  /** Empty when it was streamed. */
  "stdout": string;
  /** Empty when it was streamed. */
  "stderr": string;
};
