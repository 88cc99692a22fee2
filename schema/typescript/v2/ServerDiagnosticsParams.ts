// Generated from the types of the package `protocol`. Changes belong there.

/** `server/diagnostics`. */
export type ServerDiagnosticsParams = Record<string, never>;
