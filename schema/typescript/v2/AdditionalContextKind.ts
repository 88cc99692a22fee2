// Generated from the types of the package `protocol`. Changes belong there.

/** Whether the model may trust it as coming from the application. */
export type AdditionalContextKind = "untrusted" | "application";
