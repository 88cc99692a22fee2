// Generated from the types of the package `protocol`. Changes belong there.

import type { ApplicationRequirements } from "./ApplicationRequirements";
import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { AutoReviewRequirements } from "./AutoReviewRequirements";
import type { BrowserUseRequirements } from "./BrowserUseRequirements";
import type { CliAuthCredentialsStoreMode } from "./CliAuthCredentialsStoreMode";
import type { ComputerUseRequirements } from "./ComputerUseRequirements";
import type { FeedbackRequirements } from "./FeedbackRequirements";
import type { ForcedLoginMethod } from "../ForcedLoginMethod";
import type { InAppBrowserRequirements } from "./InAppBrowserRequirements";
import type { ManagedHooksRequirements } from "./ManagedHooksRequirements";
import type { ModelsRequirements } from "./ModelsRequirements";
import type { NetworkRequirements } from "./NetworkRequirements";
import type { OtelRequirements } from "./OtelRequirements";
import type { ResidencyRequirement } from "./ResidencyRequirement";
import type { SandboxMode } from "./SandboxMode";
import type { WebSearchMode } from "../WebSearchMode";
import type { WindowsSandboxImplementation } from "./WindowsSandboxImplementation";
import type { JsonValue } from "../serde_json/JsonValue";

/** All demands. A null member demands nothing. */
export type ConfigRequirements = {
  "modelProvider": string | null;
  "modelProviders": { [key in string]?: JsonValue } | null;
  "allowedLoginMethods": Array<ForcedLoginMethod> | null;
  "cliAuthCredentialsStore": CliAuthCredentialsStoreMode | null;
  "chatgptBaseUrl": string | null;
  "additionalDeveloperInstructions": string | null;
  "allowedApprovalPolicies": Array<AskForApproval> | null;
  "allowedApprovalsReviewers": Array<ApprovalsReviewer> | null;
  /** Others fall back to the first of these. */
  "allowedSandboxModes": Array<SandboxMode> | null;
  "allowedWindowsSandboxImplementations": Array<WindowsSandboxImplementation> | null;
  /** Profile → whether it may be chosen. */
  "allowedPermissionProfiles": { [key in string]?: boolean } | null;
  "defaultPermissions": string | null;
  "allowedWebSearchModes": Array<WebSearchMode> | null;
  "allowManagedHooksOnly": boolean | null;
  "allowBrowserAndComputerUse": boolean | null;
  "allowAppshots": boolean | null;
  "allowRemoteControl": boolean | null;
  "computerUse": ComputerUseRequirements | null;
  "browserUse": BrowserUseRequirements | null;
  "inAppBrowser": InAppBrowserRequirements | null;
  /** Feature → the state that it is fixed to. */
  "featureRequirements": { [key in string]?: boolean } | null;
  "hooks": ManagedHooksRequirements | null;
  /** Sent upstream as a header. */
  "enforceResidency": ResidencyRequirement | null;
  "network": NetworkRequirements | null;
  "application": ApplicationRequirements | null;
  "autoReview": AutoReviewRequirements | null;
  "models": ModelsRequirements | null;
  /** The folder of the state database. */
  "sqliteHome": string | null;
  /** The folder of the logs. */
  "logDir": string | null;
  "modelCatalogJson": string | null;
  "checkForUpdateOnStartup": boolean | null;
  "allowLoginShell": boolean | null;
  "feedback": FeedbackRequirements | null;
  "otel": OtelRequirements | null;
};
