// Generated from the types of the package `protocol`. Changes belong there.

/** `memory/status`. */
export type MemoryStatusParams = {
  "minConsolidatedThreads"?: number | null;
};
