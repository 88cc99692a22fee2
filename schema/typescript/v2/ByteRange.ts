// Generated from the types of the package `protocol`. Changes belong there.

/** A stretch of a text, in bytes of its UTF-8. */
export type ByteRange = {
  /** The first byte. */
  "start": number;
  /** The byte behind the last. */
  "end": number;
};
