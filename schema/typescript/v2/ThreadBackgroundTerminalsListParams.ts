// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/backgroundTerminals/list`. */
export type ThreadBackgroundTerminalsListParams = {
  "threadId": string;
  "cursor"?: string | null;
  "limit"?: number | null;
};
