// Generated from the types of the package `protocol`. Changes belong there.

/** How a tool of an app is approved; `writes` asks for those that change something. */
export type AppToolApproval = "auto" | "prompt" | "writes" | "approve";
