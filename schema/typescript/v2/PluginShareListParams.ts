// Generated from the types of the package `protocol`. Changes belong there.

/** `plugin/share/list`. */
export type PluginShareListParams = Record<string, never>;
