// Generated from the types of the package `protocol`. Changes belong there.

/** `permissionProfile/list`. */
export type PermissionProfileListParams = {
  "cursor"?: string | null;
  "limit"?: number | null;
  /** The project whose profiles are listed as well. */
  "cwd"?: string | null;
};
