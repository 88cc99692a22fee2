// Generated from the types of the package `protocol`. Changes belong there.

/** What a path is; links are followed. */
export type FsGetMetadataResponse = {
  "isDirectory": boolean;
  "isFile": boolean;
  "isSymlink": boolean;
  /** Unix milliseconds; 0 when it is not known. */
  "createdAtMs": number;
  /** Unix milliseconds; 0 when it is not known. */
  "modifiedAtMs": number;
};
