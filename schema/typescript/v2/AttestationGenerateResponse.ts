// Generated from the types of the package `protocol`. Changes belong there.

/** The client's proof. */
export type AttestationGenerateResponse = {
  /** Passed on unchanged and never looked into. */
  "token": string;
};
