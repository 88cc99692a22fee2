// Generated from the types of the package `protocol`. Changes belong there.

/** One prepared answer. */
export type ToolRequestUserInputOption = {
  "label": string;
  "description": string;
};
