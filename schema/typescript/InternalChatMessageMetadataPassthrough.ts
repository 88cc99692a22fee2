// Generated from the types of the package `protocol`. Changes belong there.

/** The provider's own notes, given back unchanged. */
export type InternalChatMessageMetadataPassthrough = {
  "turn_id"?: string;
};
