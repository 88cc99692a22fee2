// Generated from the types of the package `protocol`. Changes belong there.

/** `remoteControl/disable`. May be left out altogether. */
export type RemoteControlDisableParams = {
  /** True: only until the server ends. */
  "ephemeral"?: boolean;
};
