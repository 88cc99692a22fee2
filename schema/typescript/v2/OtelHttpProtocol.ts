// Generated from the types of the package `protocol`. Changes belong there.

/** The encoding of telemetry over HTTP. */
export type OtelHttpProtocol = "binary" | "json";
