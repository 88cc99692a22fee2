// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/realtime/listVoices`. */
export type ThreadRealtimeListVoicesParams = Record<string, never>;
