// Generated from the types of the package `protocol`. Changes belong there.

/** `plugin/uninstall`. */
export type PluginUninstallParams = {
  "pluginId": string;
};
