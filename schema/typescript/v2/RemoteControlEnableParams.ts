// Generated from the types of the package `protocol`. Changes belong there.

/** `remoteControl/enable`. May be left out altogether. */
export type RemoteControlEnableParams = {
  /** True: only until the server ends. */
  "ephemeral"?: boolean;
};
