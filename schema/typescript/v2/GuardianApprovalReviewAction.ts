// Generated from the types of the package `protocol`. Changes belong there.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { GuardianCommandSource } from "./GuardianCommandSource";
import type { LegacyAppPathString } from "../LegacyAppPathString";
import type { NetworkApprovalProtocol } from "./NetworkApprovalProtocol";
import type { RequestPermissionProfile } from "./RequestPermissionProfile";

/** What is under review. */
export type GuardianApprovalReviewAction =
  | { "type": "command", "source": GuardianCommandSource, "command": string, "cwd": LegacyAppPathString }
  | { "type": "execve", "source": GuardianCommandSource, "program": string, "argv": Array<string>, "cwd": AbsolutePathBuf }
  | { "type": "writeStdin", "approvalId": string, "processId": string, "stdin": string, "cwd": LegacyAppPathString }
  | { "type": "applyPatch", "cwd": LegacyAppPathString, "files": Array<LegacyAppPathString> }
  | { "type": "networkAccess", "target": string, "host": string, "protocol": NetworkApprovalProtocol, "port": number }
  | { "type": "mcpToolCall", "server": string, "toolName": string, "connectorId": string | null, "connectorName": string | null, "toolTitle": string | null }
  | { "type": "requestPermissions", "reason": string | null, "permissions": RequestPermissionProfile };
