// Generated from the types of the package `protocol`. Changes belong there.

/** `fuzzyFileSearch`. */
export type FuzzyFileSearchParams = {
  "query": string;
  "roots": Array<string>;
  /** A later search with the same one ends this one. */
  "cancellationToken"?: string | null;
};
