// Generated from the types of the package `protocol`. Changes belong there.

/** `experimentalFeature/enablement/set`: until the server ends. */
export type ExperimentalFeatureEnablementSetParams = {
  "enablement": { [key in string]?: boolean };
};
