// Generated from the types of the package `protocol`. Changes belong there.

/** What was taken over. */
export type ExperimentalFeatureEnablementSetResponse = {
  "enablement": { [key in string]?: boolean };
};
