// Generated from the types of the package `protocol`. Changes belong there.

/** How hard the model thinks; which words exist depends on the model. Not empty. */
export type ReasoningEffort = string;
