// Generated from the types of the package `protocol`. Changes belong there.

/** A page that begins at an item. */
export type ThreadItemsListAnchor =
  | { "type": "item", "itemId": string };
