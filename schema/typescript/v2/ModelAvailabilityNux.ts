// Generated from the types of the package `protocol`. Changes belong there.

/** A word to users who see the model for the first time. */
export type ModelAvailabilityNux = {
  "message": string;
};
