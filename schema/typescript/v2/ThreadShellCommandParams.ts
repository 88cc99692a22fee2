// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/shellCommand`: a command of the user's own, outside of any sandbox. */
export type ThreadShellCommandParams = {
  "threadId": string;
  "command": string;
  "timeoutMs"?: number | null;
};
