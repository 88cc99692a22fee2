// Generated from the types of the package `protocol`. Changes belong there.

/** `getAuthStatus`: superseded by `account/read`. */
export type GetAuthStatusParams = {
  "includeToken"?: boolean | null;
  /** True to renew the login first. */
  "refreshToken"?: boolean | null;
};
