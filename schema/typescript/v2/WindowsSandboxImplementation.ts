// Generated from the types of the package `protocol`. Changes belong there.

/** How processes are confined on Windows. */
export type WindowsSandboxImplementation = "elevated" | "unelevated" | "mxc";
