// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadItem } from "./ThreadItem";
import type { ThreadRealtimeItem } from "./ThreadRealtimeItem";
import type { TurnError } from "./TurnError";
import type { TurnStatus } from "./TurnStatus";

/** One thing that happened. */
export type ThreadTimelineEntry =
  | { "type": "item", "position": number, "turnId": string, "item": ThreadItem }
  | { "type": "realtime", "position": number, "item": ThreadRealtimeItem }
  | {
    "type": "turnStarted";
    "position": number;
    /** Unix seconds. */
    "started_at": number | null;
    "turn_id": string;
  }
  | {
    "type": "turnCompleted";
    "position": number;
    "status": TurnStatus;
    "error": TurnError | null;
    /** Unix seconds. */
    "completed_at": number | null;
    "duration_ms": number | null;
    /** Unix seconds. */
    "started_at": number | null;
    "turn_id": string;
  };
