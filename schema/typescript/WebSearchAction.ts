// Generated from the types of the package `protocol`. Changes belong there.

/** What the provider's search tool did, in its own spelling. */
export type WebSearchAction =
  | { "type": "find_in_page", "pattern"?: string, "url"?: string }
  | { "type": "open_page", "url"?: string }
  | { "type": "other" }
  | { "type": "search", "queries"?: Array<string>, "query"?: string };
