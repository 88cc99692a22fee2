// Generated from the types of the package `protocol`. Changes belong there.

/** `plugin/share/checkout`. */
export type PluginShareCheckoutParams = {
  "remotePluginId": string;
};
