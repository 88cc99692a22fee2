// Generated from the types of the package `protocol`. Changes belong there.

/** `account/read`. */
export type GetAccountParams = {
  /** True to renew the login first. */
  "refreshToken"?: boolean;
};
