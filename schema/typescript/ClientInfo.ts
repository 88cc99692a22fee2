// Generated from the types of the package `protocol`. Changes belong there.

/** The program on the other side. */
export type ClientInfo = {
  /** Becomes the originator and part of the user agent, so it must be a legal HTTP header value. */
  "name": string;
  /** For people to read; the server makes no use of it. */
  "title"?: string | null;
  /** Free text. */
  "version": string;
};
