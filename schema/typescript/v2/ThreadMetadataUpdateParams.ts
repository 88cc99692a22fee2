// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadMetadataGitInfoUpdateParams } from "./ThreadMetadataGitInfoUpdateParams";

/** `thread/metadata/update`. */
export type ThreadMetadataUpdateParams = {
  "threadId": string;
  "projectId"?: string | null;
  "gitInfo"?: ThreadMetadataGitInfoUpdateParams | null;
  "daybreakEnabled"?: boolean | null;
};
