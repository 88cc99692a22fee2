// Generated from the types of the package `protocol`. Changes belong there.

/** What may be done with a path; `none` and `deny` both refuse. */
export type FileSystemAccessMode = "read" | "write" | "deny" | "none";
