// Generated from the types of the package `protocol`. Changes belong there.

/** One figure. */
export type ServerDiagnosticsGauge = {
  "name": string;
  "value": number;
};
