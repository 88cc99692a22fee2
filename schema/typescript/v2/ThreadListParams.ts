// Generated from the types of the package `protocol`. Changes belong there.

import type { SortDirection } from "./SortDirection";
import type { ThreadListCwdFilter } from "./ThreadListCwdFilter";
import type { ThreadSortKey } from "./ThreadSortKey";
import type { ThreadSourceKind } from "./ThreadSourceKind";

/** `thread/list`. */
export type ThreadListParams = {
  "includeAttachedThreads"?: boolean;
  "currentAccountOnly"?: boolean;
  /** From an earlier page, opaque. */
  "cursor"?: string | null;
  /** 1 to 100, else clamped; absent: 25. */
  "limit"?: number | null;
  "excludedThreadIds"?: Array<string> | null;
  "sortKey"?: ThreadSortKey | null;
  "sortDirection"?: SortDirection | null;
  /** Absent or null: the configured provider's only. Empty: all. */
  "modelProviders"?: Array<string> | null;
  /** Absent or empty: those that people started. */
  "sourceKinds"?: Array<ThreadSourceKind> | null;
  "originators"?: Array<string> | null;
  /** True: only archived ones; else only those that are not. */
  "archived"?: boolean | null;
  "sectionId"?: string | null;
  "projectId"?: string | null;
  "cwd"?: ThreadListCwdFilter | null;
  /** True: no look at the disk for what the index may lack. */
  "useStateDbOnly"?: boolean;
  /** A part of the title, in exact case. */
  "searchTerm"?: string | null;
  "parentThreadId"?: string | null;
  "ancestorThreadId"?: string | null;
  "attachedToThreadId"?: string | null;
};
