// Generated from the types of the package `protocol`. Changes belong there.

import type { Turn } from "./Turn";

/** A page of turns. */
export type TurnsPage = {
  "data": Array<Turn>;
  "nextCursor": string | null;
  "backwardsCursor": string | null;
};
