// Generated from the types of the package `protocol`. Changes belong there.

/** What the automatic reviewer must look at. */
export type AutoReviewRequirements = {
  "requiredOnModels": Array<string> | null;
  "ignoreRules": Array<string> | null;
};
