// Generated from the types of the package `protocol`. Changes belong there.

import type { ServerDiagnosticsGauge } from "./ServerDiagnosticsGauge";
import type { ServerDiagnosticsProcess } from "./ServerDiagnosticsProcess";

/** The figures. */
export type ServerDiagnosticsResponse = {
  "process": ServerDiagnosticsProcess;
  "gauges": Array<ServerDiagnosticsGauge>;
};
