// Generated from the types of the package `protocol`. Changes belong there.

import type { RealtimeVoice } from "./RealtimeVoice";

/** The voices by version. */
export type RealtimeVoicesList = {
  "v1": Array<RealtimeVoice>;
  "v2": Array<RealtimeVoice>;
  "v3"?: Array<RealtimeVoice>;
  "defaultV1": RealtimeVoice;
  "defaultV2": RealtimeVoice;
};
