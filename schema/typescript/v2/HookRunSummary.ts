// Generated from the types of the package `protocol`. Changes belong there.

import type { HookEventName } from "./HookEventName";
import type { HookExecutionMode } from "./HookExecutionMode";
import type { HookHandlerType } from "./HookHandlerType";
import type { HookOutputEntry } from "./HookOutputEntry";
import type { HookRunStatus } from "./HookRunStatus";
import type { HookScope } from "./HookScope";
import type { HookSource } from "./HookSource";
import type { LegacyAppPathString } from "../LegacyAppPathString";

/** One run. */
export type HookRunSummary = {
  "id": string;
  "eventName": HookEventName;
  "handlerType": HookHandlerType;
  "executionMode": HookExecutionMode;
  "scope": HookScope;
  "sourcePath": LegacyAppPathString;
  "source": HookSource;
  "displayOrder": number;
  "status": HookRunStatus;
  "statusMessage": string | null;
  /** Unix milliseconds. */
  "startedAt": number;
  /** Unix milliseconds. */
  "completedAt": number | null;
  "durationMs": number | null;
  "entries": Array<HookOutputEntry>;
};
