// Generated from the types of the package `protocol`. Changes belong there.

/** What the provider's search tool did. */
export type WebSearchAction =
  | {
    "type": "search";
    "query": string | null;
    /** Several searches at once; `query` is then null. */
    "queries": Array<string> | null;
  }
  | { "type": "other" }
  | { "type": "findInPage", "pattern": string | null, "url": string | null }
  | { "type": "openPage", "url": string | null };
