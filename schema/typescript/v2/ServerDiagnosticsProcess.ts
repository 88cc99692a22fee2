// Generated from the types of the package `protocol`. Changes belong there.

/** The process. */
export type ServerDiagnosticsProcess = {
  "id": number;
  "residentMemoryBytes": number | null;
  "physicalFootprintBytes": number | null;
};
