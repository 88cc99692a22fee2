// Generated from the types of the package `protocol`. Changes belong there.

/** The size of one part of a message. */
export type PromptPartSize = {
  /** The section that it is, such as `permissions instructions` or `AGENTS.md`; else `text` or `image`. */
  "name": string;
  /** Of its JSON text in UTF-8. */
  "bytes": number;
  "estimatedTokens": number;
};
