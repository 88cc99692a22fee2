// Generated from the types of the package `protocol`. Changes belong there.

/** `mock/experimentalMethod`: for tests of the gate. */
export type MockExperimentalMethodParams = {
  "value"?: string | null;
};
