// Generated from the types of the package `protocol`. Changes belong there.

import type { RequestId } from "../RequestId";

/** `serverRequest/resolved`: a question no longer waits for an answer, whoever gave it. */
export type ServerRequestResolvedNotification = {
  "threadId": string;
  "requestId": RequestId;
};
