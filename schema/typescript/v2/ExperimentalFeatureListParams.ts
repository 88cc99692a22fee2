// Generated from the types of the package `protocol`. Changes belong there.

/** `experimentalFeature/list`. */
export type ExperimentalFeatureListParams = {
  "cursor"?: string | null;
  "limit"?: number | null;
  "threadId"?: string | null;
};
