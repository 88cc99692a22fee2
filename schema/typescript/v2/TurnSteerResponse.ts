// Generated from the types of the package `protocol`. Changes belong there.

/** The turn that took the input. */
export type TurnSteerResponse = {
  "turnId": string;
};
