// Generated from the types of the package `protocol`. Changes belong there.

/** The state of the repository when the conversation began. */
export type ConversationGitInfo = {
  "sha": string | null;
  "branch": string | null;
  "origin_url": string | null;
};
