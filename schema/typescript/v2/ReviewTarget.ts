// Generated from the types of the package `protocol`. Changes belong there.

/** What is reviewed. */
export type ReviewTarget =
  | { "type": "uncommittedChanges" }
  | { "type": "baseBranch", "branch": string }
  | {
    "type": "commit";
    "sha": string;
    /** For display. */
    "title"?: string | null;
  }
  | { "type": "custom", "instructions": string };
