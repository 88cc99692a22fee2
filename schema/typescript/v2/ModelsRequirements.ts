// Generated from the types of the package `protocol`. Changes belong there.

import type { NewThreadModelDefaults } from "./NewThreadModelDefaults";

/** Demands on models. */
export type ModelsRequirements = {
  "newThread": NewThreadModelDefaults | null;
};
