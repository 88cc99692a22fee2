// Generated from the types of the package `protocol`. Changes belong there.

/** `item/agentMessage/delta`: more text of the agent. */
export type AgentMessageDeltaNotification = {
  "threadId": string;
  "turnId": string;
  "itemId": string;
  "delta": string;
};
