// Generated from the types of the package `protocol`. Changes belong there.

import type { ExperimentalFeature } from "./ExperimentalFeature";

/** A page of switches. */
export type ExperimentalFeatureListResponse = {
  "data": Array<ExperimentalFeature>;
  "nextCursor": string | null;
};
