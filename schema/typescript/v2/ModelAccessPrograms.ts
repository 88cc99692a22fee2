// Generated from the types of the package `protocol`. Changes belong there.

import type { CyberAccessProgram } from "./CyberAccessProgram";

/** The programmes that a model has. */
export type ModelAccessPrograms = {
  "cyber": Array<CyberAccessProgram>;
};
