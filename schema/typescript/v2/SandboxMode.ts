// Generated from the types of the package `protocol`. Changes belong there.

/** The kind of sandbox, as config.toml and the older params name it. */
export type SandboxMode = "read-only" | "workspace-write" | "danger-full-access";
