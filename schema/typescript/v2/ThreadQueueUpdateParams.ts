// Generated from the types of the package `protocol`. Changes belong there.

import type { UserInput } from "./UserInput";

/** `thread/queue/update`: other input in its place. */
export type ThreadQueueUpdateParams = {
  "threadId": string;
  "queuedSubmissionId": string;
  "input": Array<UserInput>;
  "responsesapiClientMetadata"?: { [key in string]?: string } | null;
};
