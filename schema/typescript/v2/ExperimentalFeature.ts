// Generated from the types of the package `protocol`. Changes belong there.

import type { ExperimentalFeatureStage } from "./ExperimentalFeatureStage";

/** A switch. */
export type ExperimentalFeature = {
  "name": string;
  "stage": ExperimentalFeatureStage;
  /** Set for those that users are invited to try. */
  "displayName": string | null;
  "description": string | null;
  "announcement": string | null;
  "enabled": boolean;
  /** What holds when nobody says anything. */
  "defaultEnabled": boolean;
};
