// Generated from the types of the package `protocol`. Changes belong there.

/** False when there was no such process. */
export type ThreadBackgroundTerminalsTerminateResponse = {
  "terminated": boolean;
};
