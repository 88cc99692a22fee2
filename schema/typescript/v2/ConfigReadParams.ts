// Generated from the types of the package `protocol`. Changes belong there.

/** `config/read`. */
export type ConfigReadParams = {
  /** True to have each layer by itself as well. */
  "includeLayers"?: boolean;
  /** Adds the project layers that hold in this directory. Absent: those of no project. */
  "cwd"?: string | null;
};
