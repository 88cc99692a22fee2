// Generated from the types of the package `protocol`. Changes belong there.

/** How a client shows a message that was held back. */
export type AgentMessageDisplay = {
  "action": string;
  "blockType": string | null;
  "cyberTrustedAccess": boolean | null;
  "checkTrustedContacts": boolean | null;
};
