// Generated from the types of the package `protocol`. Changes belong there.

import type { Config } from "./Config";
import type { ConfigLayer } from "./ConfigLayer";
import type { ConfigLayerMetadata } from "./ConfigLayerMetadata";

/** The configuration, and where each value comes from. */
export type ConfigReadResponse = {
  "config": Config;
  /** Dotted key → the layer that set it. */
  "origins": { [key in string]?: ConfigLayerMetadata };
  /** The strongest first; null unless asked for. */
  "layers": Array<ConfigLayer> | null;
};
