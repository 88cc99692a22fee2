// Generated from the types of the package `protocol`. Changes belong there.

import type { Model } from "./Model";

/** A page of models, the preferred ones first. */
export type ModelListResponse = {
  "data": Array<Model>;
  "nextCursor": string | null;
};
