// Generated from the types of the package `protocol`. Changes belong there.

/** Absent: as before. Null: cleared. */
export type ThreadMetadataGitInfoUpdateParams = {
  "sha"?: string | null;
  "branch"?: string | null;
  "originUrl"?: string | null;
};
