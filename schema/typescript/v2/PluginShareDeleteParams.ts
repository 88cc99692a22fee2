// Generated from the types of the package `protocol`. Changes belong there.

/** `plugin/share/delete`. */
export type PluginShareDeleteParams = {
  "remotePluginId": string;
};
