// Generated from the types of the package `protocol`. Changes belong there.

/** Whose app it is. */
export type AppBranding = {
  "category": string | null;
  "developer": string | null;
  "website": string | null;
  "privacyPolicy": string | null;
  "termsOfService": string | null;
  "isDiscoverableApp": boolean;
};
