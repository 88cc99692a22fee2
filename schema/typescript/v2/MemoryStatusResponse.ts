// Generated from the types of the package `protocol`. Changes belong there.

/** How much there is. */
export type MemoryStatusResponse = {
  "v2ConsolidatedThreads": number;
  "v2Ready": boolean;
};
