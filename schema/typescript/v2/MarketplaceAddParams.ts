// Generated from the types of the package `protocol`. Changes belong there.

/** `marketplace/add`. */
export type MarketplaceAddParams = {
  /** A folder, a repository, or its address. */
  "source": string;
  /** A branch or tag. */
  "refName"?: string | null;
  /** What is wanted of a repository. */
  "sparsePaths"?: Array<string> | null;
};
