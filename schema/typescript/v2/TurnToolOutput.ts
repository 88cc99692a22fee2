// Generated from the types of the package `protocol`. Changes belong there.

import type { FunctionCallOutputBody } from "../FunctionCallOutputBody";

/** An answer to a tool call that the client gives with its turn. */
export type TurnToolOutput = {
  "name": string;
  "namespace"?: string | null;
  "output": FunctionCallOutputBody;
  /** True: it stays in the history. */
  "retain"?: boolean;
};
