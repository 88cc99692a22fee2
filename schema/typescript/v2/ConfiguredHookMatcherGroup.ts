// Generated from the types of the package `protocol`. Changes belong there.

import type { ConfiguredHookHandler } from "./ConfiguredHookHandler";

/** Hooks of one event for what a pattern matches. */
export type ConfiguredHookMatcherGroup = {
  /** A regular expression over the name of the tool or the source; null matches all. */
  "matcher": string | null;
  "hooks": Array<ConfiguredHookHandler>;
};
