// Generated from the types of the package `protocol`. Changes belong there.

/** What the user could say instead. */
export type MisalignmentSteer = {
  "message": string;
};
