// Generated from the types of the package `protocol`. Changes belong there.

import type { UserInput } from "./UserInput";

/** Input that waits. */
export type QueuedSubmission = {
  "id": string;
  "input": Array<UserInput>;
  "clientUserMessageId": string;
  "responsesapiClientMetadata": { [key in string]?: string } | null;
};
