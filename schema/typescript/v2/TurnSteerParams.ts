// Generated from the types of the package `protocol`. Changes belong there.

import type { AdditionalContextEntry } from "./AdditionalContextEntry";
import type { UserInput } from "./UserInput";

/** `turn/steer`: more input for the turn that runs. */
export type TurnSteerParams = {
  "threadId": string;
  /** Given back as `clientId` of the user message. */
  "clientUserMessageId"?: string | null;
  "input": Array<UserInput>;
  "responsesapiClientMetadata"?: { [key in string]?: string } | null;
  "responsesapiClientMetadataPatch"?: { [key in string]?: string } | null;
  "additionalContext"?: { [key in string]?: AdditionalContextEntry } | null;
  /** Another turn by then makes the call fail. */
  "expectedTurnId": string;
};
