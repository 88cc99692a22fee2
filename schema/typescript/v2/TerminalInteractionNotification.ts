// Generated from the types of the package `protocol`. Changes belong there.

/** `item/commandExecution/terminalInteraction`: the model typed into a process. */
export type TerminalInteractionNotification = {
  "threadId": string;
  "turnId": string;
  "itemId": string;
  "processId": string;
  /** What it typed; empty when it only looked. */
  "stdin": string;
};
