// Generated from the types of the package `protocol`. Changes belong there.

/** The id that the report goes by. */
export type FeedbackUploadResponse = {
  "threadId": string;
  "promptHash": string | null;
};
