// Generated from the types of the package `protocol`. Changes belong there.

/** `account/login/cancel`. */
export type CancelLoginAccountParams = {
  "loginId": string;
};
