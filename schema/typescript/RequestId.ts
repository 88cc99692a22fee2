// Generated from the types of the package `protocol`. Changes belong there.

/** What a request is answered by, unique among the open requests of its sender. */
export type RequestId = string | number;
