// Generated from the types of the package `protocol`. Changes belong there.

/** A check that the account has passed. */
export type ModelVerification = "trustedAccessForCyber";
