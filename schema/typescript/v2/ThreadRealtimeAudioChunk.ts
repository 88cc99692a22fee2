// Generated from the types of the package `protocol`. Changes belong there.

/** Some sound. */
export type ThreadRealtimeAudioChunk = {
  /** Base64 of 16-bit PCM. */
  "data": string;
  /** In hertz. */
  "sampleRate": number;
  "numChannels": number;
  "samplesPerChannel": number | null;
  "itemId": string | null;
};
