// Generated from the types of the package `protocol`. Changes belong there.

/** `item/fileChange/requestApproval`: may these files change? The item has the changes. */
export type FileChangeRequestApprovalParams = {
  "threadId": string;
  "turnId": string;
  "itemId": string;
  /** Unix milliseconds, of the question. */
  "startedAtMs": number;
  "reason"?: string;
  /** A folder that would be writable for the rest of the session. */
  "grantRoot"?: string;
};
