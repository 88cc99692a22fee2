// Generated from the types of the package `protocol`. Changes belong there.

/** One workspace or several, to which logins are limited. */
export type ForcedChatgptWorkspaceIds = string | Array<string>;
