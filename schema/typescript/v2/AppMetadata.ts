// Generated from the types of the package `protocol`. Changes belong there.

import type { AppReview } from "./AppReview";
import type { AppScreenshot } from "./AppScreenshot";

/** What its page says. */
export type AppMetadata = {
  "review": AppReview | null;
  "categories": Array<string> | null;
  "subCategories": Array<string> | null;
  "seoDescription": string | null;
  "screenshots": Array<AppScreenshot> | null;
  "developer": string | null;
  "version": string | null;
  "versionId": string | null;
  "versionNotes": string | null;
  "firstPartyRequiresInstall": boolean | null;
  "showInComposerWhenUnlinked": boolean | null;
  /** Until 0.131. */
  "firstPartyType": string | null;
};
