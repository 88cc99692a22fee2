// Generated from the types of the package `protocol`. Changes belong there.

/** How much of the items is there. */
export type TurnItemsView = "notLoaded" | "summary" | "full";
