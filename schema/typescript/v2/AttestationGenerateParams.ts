// Generated from the types of the package `protocol`. Changes belong there.

/** `attestation/generate`. Always empty. */
export type AttestationGenerateParams = Record<string, never>;
