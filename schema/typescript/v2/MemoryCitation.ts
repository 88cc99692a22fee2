// Generated from the types of the package `protocol`. Changes belong there.

import type { MemoryCitationEntry } from "./MemoryCitationEntry";

/** The memories that an answer rests on. */
export type MemoryCitation = {
  "entries": Array<MemoryCitationEntry>;
  /** The threads that these memories come from. */
  "threadIds": Array<string>;
};
