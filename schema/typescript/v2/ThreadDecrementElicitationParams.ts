// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/decrement_elicitation`: it has its answer. */
export type ThreadDecrementElicitationParams = {
  "threadId": string;
};
