// Generated from the types of the package `protocol`. Changes belong there.

/** `turn/interrupt`. An empty `turnId` means whatever runs. */
export type TurnInterruptParams = {
  "threadId": string;
  "turnId": string;
};
