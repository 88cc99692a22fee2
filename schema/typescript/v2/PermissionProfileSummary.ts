// Generated from the types of the package `protocol`. Changes belong there.

/** A profile that can be chosen. */
export type PermissionProfileSummary = {
  "id": string;
  "description": string | null;
  /** False when administrators forbid it. */
  "allowed": boolean;
};
