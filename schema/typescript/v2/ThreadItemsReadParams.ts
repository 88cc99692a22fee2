// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/items/read`: some items in full. */
export type ThreadItemsReadParams = {
  "threadId": string;
  "turnId": string;
  "itemIds": Array<string>;
};
