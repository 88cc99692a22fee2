// Generated from the types of the package `protocol`. Changes belong there.

/** In whose name a text is added. */
export type ConversationTextRole = "user" | "developer" | "assistant";
