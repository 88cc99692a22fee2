// Generated from the types of the package `protocol`. Changes belong there.

import type { HookEventName } from "./HookEventName";

/** A hook that it brings. */
export type PluginHookSummary = {
  "key": string;
  "eventName": HookEventName;
};
