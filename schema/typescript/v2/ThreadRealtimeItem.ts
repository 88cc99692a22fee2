// Generated from the types of the package `protocol`. Changes belong there.

import type { ThreadRealtimeBemItemPresentation } from "./ThreadRealtimeBemItemPresentation";
import type { ThreadRealtimeSessionOutcome } from "./ThreadRealtimeSessionOutcome";
import type { ThreadRealtimeTranscriptRole } from "./ThreadRealtimeTranscriptRole";

/** Something in a spoken conversation. */
export type ThreadRealtimeItem =
  | { "type": "realtimeSessionStarted" }
  | { "type": "transcriptSegment", "role": ThreadRealtimeTranscriptRole, "text": string }
  | { "type": "bemItemPromoted", "presentation": ThreadRealtimeBemItemPresentation, "item_id": string, "turn_id": string }
  | { "type": "realtimeSessionClosed", "outcome": ThreadRealtimeSessionOutcome };
