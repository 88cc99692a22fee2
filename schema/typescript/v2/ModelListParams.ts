// Generated from the types of the package `protocol`. Changes belong there.

/** `model/list`. */
export type ModelListParams = {
  "modelProvider"?: string | null;
  "cursor"?: string | null;
  /** Absent: all. */
  "limit"?: number | null;
  /** True: hidden ones too. */
  "includeHidden"?: boolean | null;
};
