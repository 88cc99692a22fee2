// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { AdditionalContextEntry } from "./AdditionalContextEntry";
import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { CollaborationMode } from "../CollaborationMode";
import type { CyberAccessProgram } from "./CyberAccessProgram";
import type { MultiAgentMode } from "../MultiAgentMode";
import type { Personality } from "../Personality";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { ReasoningSummary } from "../ReasoningSummary";
import type { SandboxPolicy } from "./SandboxPolicy";
import type { TurnEnvironmentParams } from "./TurnEnvironmentParams";
import type { TurnToolOutput } from "./TurnToolOutput";
import type { UserInput } from "./UserInput";
import type { JsonValue } from "../serde_json/JsonValue";

/** `turn/start`. Overrides hold for later turns too, unless it says otherwise. */
export type TurnStartParams = {
  "threadId": string;
  "disabledPluginIds"?: Array<string> | null;
  /** Given back as `clientId` of the user message. */
  "clientUserMessageId"?: string | null;
  "input": Array<UserInput>;
  /** Why the turn is started, for telemetry. */
  "turnTrigger"?: string | null;
  /** The turn that caused this one. */
  "parentTurnId"?: string | null;
  /** The first turn of that chain. */
  "rootTurnId"?: string | null;
  "toolOutput"?: TurnToolOutput | null;
  /** Goes upstream with the requests of this turn. */
  "responsesapiClientMetadata"?: { [key in string]?: string } | null;
  /** Changes single keys of the above. */
  "responsesapiClientMetadataPatch"?: { [key in string]?: string } | null;
  /** Key → context for the model. */
  "additionalContext"?: { [key in string]?: AdditionalContextEntry } | null;
  /** Of this turn only; empty: nothing can be run. */
  "environments"?: Array<TurnEnvironmentParams> | null;
  /** A relative one counts from the thread's. */
  "cwd"?: string | null;
  "runtimeWorkspaceRoots"?: Array<AbsolutePathBuf> | null;
  "approvalPolicy"?: AskForApproval | null;
  "approvalsReviewer"?: ApprovalsReviewer | null;
  "sandboxPolicy"?: SandboxPolicy | null;
  /** Not together with `sandboxPolicy`. */
  "permissions"?: string | null;
  "model"?: string | null;
  /** Absent: as before. Null: none. */
  "serviceTier"?: string | null;
  /** Of this turn only. */
  "serviceTierForTurn"?: string | null;
  "effort"?: ReasoningEffort | null;
  "summary"?: ReasoningSummary | null;
  "personality"?: Personality | null;
  /** JSON Schema of the answer, of this turn only. */
  "outputSchema"?: JsonValue;
  /** Wins over `model` and `effort` of this call. */
  "collaborationMode"?: CollaborationMode | null;
  "multiAgentMode"?: MultiAgentMode | null;
  "cyberAccessProgram"?: CyberAccessProgram | null;
};
