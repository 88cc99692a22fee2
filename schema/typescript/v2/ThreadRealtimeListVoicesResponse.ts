// Generated from the types of the package `protocol`. Changes belong there.

import type { RealtimeVoicesList } from "../RealtimeVoicesList";

/** The voices. */
export type ThreadRealtimeListVoicesResponse = {
  "voices": RealtimeVoicesList;
};
