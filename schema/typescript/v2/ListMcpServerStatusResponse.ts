// Generated from the types of the package `protocol`. Changes belong there.

import type { McpServerStatus } from "./McpServerStatus";

/** A page of servers. */
export type ListMcpServerStatusResponse = {
  "data": Array<McpServerStatus>;
  "nextCursor": string | null;
};
