// Generated from the types of the package `protocol`. Changes belong there.

/** The profile in effect. */
export type ActivePermissionProfile = {
  /** Such as `:workspace`, or a name of the user's own. */
  "id": string;
  /** The profile that it builds on. */
  "extends": string | null;
};
