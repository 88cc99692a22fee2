// Generated from the types of the package `protocol`. Changes belong there.

/** Demands on the browser inside the app. */
export type InAppBrowserRequirements = {
  "allowExternalBrowserSettingsImport": boolean | null;
};
