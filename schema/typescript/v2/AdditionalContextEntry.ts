// Generated from the types of the package `protocol`. Changes belong there.

import type { AdditionalContextKind } from "./AdditionalContextKind";

/** Context beside the input, under a key of the client's choice. */
export type AdditionalContextEntry = {
  "value": string;
  "kind": AdditionalContextKind;
  "name"?: string | null;
};
