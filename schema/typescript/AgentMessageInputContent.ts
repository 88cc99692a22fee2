// Generated from the types of the package `protocol`. Changes belong there.

/** One piece of a message between agents. */
export type AgentMessageInputContent =
  | { "type": "input_text", "text": string }
  | { "type": "encrypted_content", "encrypted_content": string };
