// Generated from the types of the package `protocol`. Changes belong there.

/** A choice with a title. */
export type McpElicitationConstOption = {
  "const": string;
  "title": string;
};
