// Generated from the types of the package `protocol`. Changes belong there.

import type { AdditionalPermissionProfile } from "./AdditionalPermissionProfile";
import type { CommandAction } from "./CommandAction";
import type { CommandExecutionApprovalDecision } from "./CommandExecutionApprovalDecision";
import type { CommandExecutionApprovalKind } from "./CommandExecutionApprovalKind";
import type { LegacyAppPathString } from "../LegacyAppPathString";
import type { NetworkApprovalContext } from "./NetworkApprovalContext";
import type { NetworkPolicyAmendment } from "../NetworkPolicyAmendment";

/** `item/commandExecution/requestApproval`: may this command run? */
export type CommandExecutionRequestApprovalParams = {
  "kind": CommandExecutionApprovalKind;
  "threadId": string;
  "turnId": string;
  "itemId": string;
  /** Unix milliseconds, of the question. */
  "startedAtMs": number;
  /** Set when one item asks more than once. */
  "approvalId"?: string;
  /** Where it would run; null: the default environment. */
  "environmentId": string | null;
  /** In the model's words. */
  "reason"?: string;
  /** Set when the network is what needs a word; `command` may then be left out. */
  "networkApprovalContext"?: NetworkApprovalContext;
  /** As a shell would show it. */
  "command"?: string;
  "cwd"?: LegacyAppPathString;
  /** What the command seems to do, for display. */
  "commandActions"?: Array<CommandAction>;
  /** Removed for clients without `experimentalApi`. */
  "additionalPermissions"?: AdditionalPermissionProfile;
  /** A prefix of argv that could be allowed for good. */
  "proposedExecpolicyAmendment"?: Array<string>;
  "proposedNetworkPolicyAmendments"?: Array<NetworkPolicyAmendment>;
  /** What the client should offer, in this order. */
  "availableDecisions"?: Array<CommandExecutionApprovalDecision>;
};
