// Generated from the types of the package `protocol`. Changes belong there.

import type { AppBranding } from "./AppBranding";
import type { AppMetadata } from "./AppMetadata";

/** An app. */
export type AppInfo = {
  "id": string;
  "name": string;
  "description": string | null;
  "logoUrl": string | null;
  "logoUrlDark": string | null;
  "iconAssets": { [key in string]?: string } | null;
  "iconDarkAssets": { [key in string]?: string } | null;
  "distributionChannel": string | null;
  "branding": AppBranding | null;
  "appMetadata": AppMetadata | null;
  "labels": { [key in string]?: string } | null;
  "installUrl": string | null;
  /** Whether this account can use it. */
  "isAccessible": boolean;
  /** Whether the configuration lets it be used. */
  "isEnabled": boolean;
  "pluginDisplayNames": Array<string>;
};
