// Generated from the types of the package `protocol`. Changes belong there.

/** How an item appears in a spoken conversation. */
export type ThreadRealtimeBemItemPresentation =
  | { "type": "wholeItem" }
  | { "type": "inlineMarkdown" }
  | { "type": "inlineVisualization", "index": number };
