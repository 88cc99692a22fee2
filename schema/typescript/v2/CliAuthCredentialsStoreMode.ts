// Generated from the types of the package `protocol`. Changes belong there.

/** Where logins are kept. */
export type CliAuthCredentialsStoreMode = "file" | "keyring" | "auto" | "ephemeral";
