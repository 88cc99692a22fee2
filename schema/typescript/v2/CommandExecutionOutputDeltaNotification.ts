// Generated from the types of the package `protocol`. Changes belong there.

/** `item/commandExecution/outputDelta`: more output of a command. */
export type CommandExecutionOutputDeltaNotification = {
  "threadId": string;
  "turnId": string;
  "itemId": string;
  "delta": string;
};
