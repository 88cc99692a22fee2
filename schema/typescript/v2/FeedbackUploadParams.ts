// Generated from the types of the package `protocol`. Changes belong there.

/** `feedback/upload`: a report for those who run the service. */
export type FeedbackUploadParams = {
  "classification": string;
  "reason"?: string | null;
  "threadId"?: string | null;
  "includeLogs"?: boolean;
  "extraLogFiles"?: Array<string> | null;
  "tags"?: { [key in string]?: string } | null;
};
