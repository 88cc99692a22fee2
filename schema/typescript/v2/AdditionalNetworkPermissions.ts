// Generated from the types of the package `protocol`. Changes belong there.

/** The network, asked for beyond the sandbox. */
export type AdditionalNetworkPermissions = {
  "enabled": boolean | null;
};
