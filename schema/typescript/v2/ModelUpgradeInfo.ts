// Generated from the types of the package `protocol`. Changes belong there.

/** The model that users are invited to move to. */
export type ModelUpgradeInfo = {
  "model": string;
  "upgradeCopy": string | null;
  "modelLink": string | null;
  "migrationMarkdown": string | null;
  /** Unix seconds. */
  "retirementAt": number | null;
};
