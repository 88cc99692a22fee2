// Generated from the types of the package `protocol`. Changes belong there.

/** How settled it is. */
export type ExperimentalFeatureStage = "beta" | "underDevelopment" | "stable" | "deprecated" | "removed";
