// Generated from the types of the package `protocol`. Changes belong there.

/** `app/list`. */
export type AppsListParams = {
  "cursor"?: string | null;
  "limit"?: number | null;
  "threadId"?: string | null;
  /** True: ask the provider again. */
  "forceRefetch"?: boolean;
};
