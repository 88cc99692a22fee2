// Generated from the types of the package `protocol`. Changes belong there.

/** Network access of a profile. */
export type PermissionProfileNetworkPermissions = {
  "enabled": boolean;
};
