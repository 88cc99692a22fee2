// Generated from the types of the package `protocol`. Changes belong there.

/** `collaborationMode/list`. */
export type CollaborationModeListParams = Record<string, never>;
