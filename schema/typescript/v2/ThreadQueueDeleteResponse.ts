// Generated from the types of the package `protocol`. Changes belong there.

/** False when it no longer waited. */
export type ThreadQueueDeleteResponse = {
  "deleted": boolean;
};
