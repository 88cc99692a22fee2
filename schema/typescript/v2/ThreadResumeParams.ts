// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { Personality } from "../Personality";
import type { ResponseItem } from "../ResponseItem";
import type { SandboxMode } from "./SandboxMode";
import type { ThreadResumeInitialTurnsPageParams } from "./ThreadResumeInitialTurnsPageParams";
import type { JsonValue } from "../serde_json/JsonValue";

/** `thread/resume`. On a loaded thread the overrides are ignored. */
export type ThreadResumeParams = {
  "threadId": string;
  /** Items in place of what is stored; makes a new thread. Goes before `path` and `threadId`. */
  "history"?: Array<ResponseItem> | null;
  /** A rollout file. Goes before `threadId`; empty counts as absent. */
  "path"?: string | null;
  "model"?: string | null;
  "modelProvider"?: string | null;
  /** Absent: as recorded. Null: none. */
  "serviceTier"?: string | null;
  "cwd"?: string | null;
  "runtimeWorkspaceRoots"?: Array<AbsolutePathBuf> | null;
  "approvalPolicy"?: AskForApproval | null;
  "approvalsReviewer"?: ApprovalsReviewer | null;
  "sandbox"?: SandboxMode | null;
  "permissions"?: string | null;
  "config"?: { [key in string]?: JsonValue } | null;
  "baseInstructions"?: string | null;
  "developerInstructions"?: string | null;
  "personality"?: Personality | null;
  /** True: `turns` stays empty, and no token usage is told. */
  "excludeTurns"?: boolean;
  "initialTurnsPage"?: ThreadResumeInitialTurnsPageParams | null;
  /** Ignored; true earns a `deprecationNotice`. Until 0.131. */
  "persistExtendedHistory"?: boolean;
};
