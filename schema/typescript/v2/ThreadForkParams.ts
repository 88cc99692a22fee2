// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { SandboxMode } from "./SandboxMode";
import type { ThreadSource } from "./ThreadSource";
import type { JsonValue } from "../serde_json/JsonValue";

/** `thread/fork`: a new thread with the history of another. */
export type ThreadForkParams = {
  "threadId": string;
  "experimentalPredictionMode"?: boolean;
  "experimentalDisablePredictionMcp"?: boolean;
  /** The last turn to take over; absent: all. */
  "lastTurnId"?: string | null;
  /** The first turn not to take over. */
  "beforeTurnId"?: string | null;
  /** A rollout file in place of `threadId`. */
  "path"?: string | null;
  "model"?: string | null;
  "modelProvider"?: string | null;
  /** Absent: as configured. Null: none. */
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
  "ephemeral"?: boolean;
  /** True: the fork belongs to its source and is not listed by itself. */
  "attachToSource"?: boolean;
  "threadSource"?: ThreadSource | null;
  /** True: `turns` stays empty, and no token usage is told. */
  "excludeTurns"?: boolean;
  "deferGoalContinuation"?: boolean;
  /** Ignored; true earns a `deprecationNotice`. Until 0.131. */
  "persistExtendedHistory"?: boolean;
};
