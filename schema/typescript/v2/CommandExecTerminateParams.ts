// Generated from the types of the package `protocol`. Changes belong there.

/** `command/exec/terminate`. */
export type CommandExecTerminateParams = {
  "processId": string;
};
