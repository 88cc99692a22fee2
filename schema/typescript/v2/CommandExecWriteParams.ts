// Generated from the types of the package `protocol`. Changes belong there.

/** `command/exec/write`: input for the command. */
export type CommandExecWriteParams = {
  "processId": string;
  "deltaBase64"?: string | null;
  /** True: and no more will come. */
  "closeStdin"?: boolean;
};
