// Generated from the types of the package `protocol`. Changes belong there.

import type { OtelHttpProtocol } from "./OtelHttpProtocol";
import type { OtelTlsConfig } from "./OtelTlsConfig";

/** Where telemetry is sent. */
export type OtelExporter =
  | "none"
  | "statsig"
  | { "otlp-http": { "endpoint": string, "headers": { [key in string]?: string }, "protocol": OtelHttpProtocol, "tls": OtelTlsConfig | null } }
  | { "otlp-grpc": { "endpoint": string, "headers": { [key in string]?: string }, "tls": OtelTlsConfig | null } };
