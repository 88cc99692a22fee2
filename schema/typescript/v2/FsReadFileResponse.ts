// Generated from the types of the package `protocol`. Changes belong there.

/** The bytes. */
export type FsReadFileResponse = {
  "dataBase64": string;
};
