// Generated from the types of the package `protocol`. Changes belong there.

/** Where it is now. */
export type PluginShareSaveResponse = {
  "remotePluginId": string;
  "shareUrl": string;
  "canPublishToWorkspace": boolean | null;
};
