// Generated from the types of the package `protocol`. Changes belong there.

/** A picture with the words that led to it. */
export type AppScreenshot = {
  "url": string | null;
  "fileId": string | null;
  "userPrompt": string;
};
