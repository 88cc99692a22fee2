// Generated from the types of the package `protocol`. Changes belong there.

import type { ConfigLayerSource } from "./ConfigLayerSource";

/** A layer by name and state. */
export type ConfigLayerMetadata = {
  "name": ConfigLayerSource;
  /** Changes whenever the layer's content does; goes into `expectedVersion` of a write. */
  "version": string;
};
