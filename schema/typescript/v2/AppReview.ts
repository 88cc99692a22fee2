// Generated from the types of the package `protocol`. Changes belong there.

/** Whether it was reviewed. */
export type AppReview = {
  "status": string;
};
