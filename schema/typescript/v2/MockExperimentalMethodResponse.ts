// Generated from the types of the package `protocol`. Changes belong there.

/** What was sent. */
export type MockExperimentalMethodResponse = {
  "echoed": string | null;
};
