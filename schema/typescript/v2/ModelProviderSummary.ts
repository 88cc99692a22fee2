// Generated from the types of the package `protocol`. Changes belong there.

import type { ProviderSettings } from "./ProviderSettings";

/** A provider. */
export type ModelProviderSummary = {
  "id": string;
  "name": string;
  "canEdit": boolean;
  "baseUrl": string | null;
  "settings": ProviderSettings;
};
