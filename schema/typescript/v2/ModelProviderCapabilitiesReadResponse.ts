// Generated from the types of the package `protocol`. Changes belong there.

/** What the active provider can do. */
export type ModelProviderCapabilitiesReadResponse = {
  "imageGeneration": boolean;
  "webSearch": boolean;
  /** Until 0.131. */
  "namespaceTools": boolean;
};
