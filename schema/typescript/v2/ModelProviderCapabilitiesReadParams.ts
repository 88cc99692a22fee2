// Generated from the types of the package `protocol`. Changes belong there.

/** `modelProvider/capabilities/read`. */
export type ModelProviderCapabilitiesReadParams = Record<string, never>;
