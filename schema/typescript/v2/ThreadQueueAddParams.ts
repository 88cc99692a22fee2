// Generated from the types of the package `protocol`. Changes belong there.

import type { UserInput } from "./UserInput";

/** `thread/queue/add`. */
export type ThreadQueueAddParams = {
  "threadId": string;
  "input": Array<UserInput>;
  "clientUserMessageId": string;
  "responsesapiClientMetadata"?: { [key in string]?: string } | null;
};
