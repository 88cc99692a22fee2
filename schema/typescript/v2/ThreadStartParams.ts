// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { DynamicToolSpec } from "./DynamicToolSpec";
import type { MultiAgentMode } from "../MultiAgentMode";
import type { Personality } from "../Personality";
import type { SandboxMode } from "./SandboxMode";
import type { SelectedCapabilityRoot } from "./SelectedCapabilityRoot";
import type { ThreadHistoryMode } from "./ThreadHistoryMode";
import type { ThreadSource } from "./ThreadSource";
import type { ThreadStartSource } from "./ThreadStartSource";
import type { TurnEnvironmentParams } from "./TurnEnvironmentParams";
import type { JsonValue } from "../serde_json/JsonValue";

/** `thread/start`. What is absent or null is left to the configuration. */
export type ThreadStartParams = {
  "model"?: string | null;
  "modelProvider"?: string | null;
  /** True: a provider with a fixed catalogue may put its default in place of an unknown model. */
  "allowProviderModelFallback"?: boolean;
  /** Absent: as configured. Null: none. */
  "serviceTier"?: string | null;
  /** A relative one counts from the server's; it need not exist. */
  "cwd"?: string | null;
  /** In place of the writable roots; absent: the `cwd`. */
  "runtimeWorkspaceRoots"?: Array<AbsolutePathBuf> | null;
  "approvalPolicy"?: AskForApproval | null;
  "approvalsReviewer"?: ApprovalsReviewer | null;
  "sandbox"?: SandboxMode | null;
  /** Not together with `sandbox`. */
  "permissions"?: string | null;
  /** Dotted config key → value. */
  "config"?: { [key in string]?: JsonValue } | null;
  /** A tag for telemetry. */
  "serviceName"?: string | null;
  "baseInstructions"?: string | null;
  "developerInstructions"?: string | null;
  "personality"?: Personality | null;
  "multiAgentMode"?: MultiAgentMode | null;
  /** True: never written to disk and never listed. */
  "ephemeral"?: boolean | null;
  "historyMode"?: ThreadHistoryMode | null;
  "sessionStartSource"?: ThreadStartSource | null;
  "threadSource"?: ThreadSource | null;
  "projectId"?: string | null;
  "daybreakEnabled"?: boolean | null;
  /** Absent: the default one. Empty: nothing can be run. */
  "environments"?: Array<TurnEnvironmentParams> | null;
  "dynamicTools"?: Array<DynamicToolSpec> | null;
  "selectedCapabilityRoots"?: Array<SelectedCapabilityRoot> | null;
  /** Does nothing; for tests of the gate. */
  "mockExperimentalField"?: string | null;
  /** True: `rawResponseItem/completed` is sent. */
  "experimentalRawEvents"?: boolean;
  /** Ignored; true earns a `deprecationNotice`. Until 0.131. */
  "persistExtendedHistory"?: boolean;
};
