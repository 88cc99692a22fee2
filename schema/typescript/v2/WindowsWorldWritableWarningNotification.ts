// Generated from the types of the package `protocol`. Changes belong there.

/** `windows/worldWritableWarning`: folders that anybody can write to. */
export type WindowsWorldWritableWarningNotification = {
  "samplePaths": Array<string>;
  /** How many more there are. */
  "extraCount": number;
  "failedScan": boolean;
};
