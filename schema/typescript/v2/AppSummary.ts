// Generated from the types of the package `protocol`. Changes belong there.

/** An app in short. */
export type AppSummary = {
  "id": string;
  "name": string;
  "description": string | null;
  "installUrl": string | null;
  "category": string | null;
  /** Whether the user has yet to sign in to it. Until 0.131. */
  "needsAuth": boolean;
};
