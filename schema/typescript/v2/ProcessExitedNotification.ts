// Generated from the types of the package `protocol`. Changes belong there.

/** `process/exited`: to the connection that started it. */
export type ProcessExitedNotification = {
  "processHandle": string;
  "exitCode": number;
  /** True: something kept the output open after the process had ended. */
  "outputDrainTimedOut"?: boolean;
  /** Empty when it was streamed. */
  "stdout": string;
  "stdoutCapReached": boolean;
  /** Empty when it was streamed. */
  "stderr": string;
  "stderrCapReached": boolean;
};
