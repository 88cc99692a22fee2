// Generated from the types of the package `protocol`. Changes belong there.

import type { JsonValue } from "../serde_json/JsonValue";

/** `thread/realtime/itemAdded`: an item of the provider, unchanged. */
export type ThreadRealtimeItemAddedNotification = {
  "threadId": string;
  "item": JsonValue;
};
