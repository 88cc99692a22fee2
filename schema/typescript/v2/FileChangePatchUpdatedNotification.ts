// Generated from the types of the package `protocol`. Changes belong there.

import type { FileUpdateChange } from "./FileUpdateChange";

/** `item/fileChange/patchUpdated`: the change as far as the model has written it. */
export type FileChangePatchUpdatedNotification = {
  "threadId": string;
  "turnId": string;
  "itemId": string;
  "changes": Array<FileUpdateChange>;
};
