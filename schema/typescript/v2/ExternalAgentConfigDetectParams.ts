// Generated from the types of the package `protocol`. Changes belong there.

/** `externalAgentConfig/detect`. */
export type ExternalAgentConfigDetectParams = {
  /** True: the user's home too. */
  "includeHome"?: boolean;
  "cwds"?: Array<string> | null;
  "maxSessionAgeDays"?: number | null;
  "maxSessions"?: number | null;
  "source"?: string | null;
  "migrationSource"?: string | null;
};
