// Generated from the types of the package `protocol`. Changes belong there.

/** In the thread itself, or in one of its own. */
export type ReviewDelivery = "inline" | "detached";
