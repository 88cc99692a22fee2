// Generated from the types of the package `protocol`. Changes belong there.

/** Why no image was made. */
export type ImageGenerationFailure =
  | {
    "type": "usageLimitExceeded";
    "limitId": string;
    /** Unix seconds. */
    "resetsAt": number | null;
  };
