// Generated from the types of the package `protocol`. Changes belong there.

import type { FunctionCallOutputContentItem } from "./FunctionCallOutputContentItem";

/** A tool's answer: text, or pieces. */
export type FunctionCallOutputBody = string | Array<FunctionCallOutputContentItem>;
