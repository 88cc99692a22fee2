// Generated from the types of the package `protocol`. Changes belong there.

/** `modelProvider/list`. */
export type ModelProviderListParams = Record<string, never>;
