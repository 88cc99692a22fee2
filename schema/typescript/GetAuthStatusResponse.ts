// Generated from the types of the package `protocol`. Changes belong there.

import type { AuthMode } from "./AuthMode";

/** How the server is signed in. */
export type GetAuthStatusResponse = {
  "authMethod": AuthMode | null;
  /** None unless `includeToken` was true. */
  "authToken": string | null;
  /** Whether the active provider needs a login at all. */
  "requiresOpenaiAuth": boolean | null;
};
