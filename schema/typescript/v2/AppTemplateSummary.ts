// Generated from the types of the package `protocol`. Changes belong there.

import type { AppTemplateUnavailableReason } from "./AppTemplateUnavailableReason";

/** An app that a workspace has yet to set up. */
export type AppTemplateSummary = {
  "templateId": string;
  "name": string;
  "description": string | null;
  "category": string | null;
  "canonicalConnectorId": string | null;
  "logoUrl": string | null;
  "logoUrlDark": string | null;
  "materializedAppIds": Array<string>;
  "reason": AppTemplateUnavailableReason | null;
};
