// Generated from the types of the package `protocol`. Changes belong there.

/** Plugins of a marketplace. */
export type PluginsMigration = {
  "marketplaceName": string;
  "pluginNames": Array<string>;
};
