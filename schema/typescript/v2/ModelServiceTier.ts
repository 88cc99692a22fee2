// Generated from the types of the package `protocol`. Changes belong there.

/** A tier that a model offers. */
export type ModelServiceTier = {
  /** Goes into `serviceTier`. */
  "id": string;
  "name": string;
  "description": string;
};
