// Generated from the types of the package `protocol`. Changes belong there.

import type { InputModality } from "../InputModality";
import type { ModelAccessPrograms } from "./ModelAccessPrograms";
import type { ModelAvailabilityNux } from "./ModelAvailabilityNux";
import type { ModelServiceTier } from "./ModelServiceTier";
import type { ModelUpgradeInfo } from "./ModelUpgradeInfo";
import type { MultiAgentVersion } from "./MultiAgentVersion";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { ReasoningEffortOption } from "./ReasoningEffortOption";

/** A model that can be chosen. */
export type Model = {
  /** Unique in the list. */
  "id": string;
  /** Goes into `model`. */
  "model": string;
  /** The id of the model in `upgradeInfo`. */
  "upgrade": string | null;
  "upgradeInfo": ModelUpgradeInfo | null;
  "availabilityNux": ModelAvailabilityNux | null;
  "displayName": string;
  "description": string;
  "modelSpecialty": string | null;
  /** Not shown unless asked for. */
  "hidden": boolean;
  "supportedReasoningEfforts": Array<ReasoningEffortOption>;
  "defaultReasoningEffort": ReasoningEffort;
  "inputModalities": Array<InputModality>;
  "supportsPersonality": boolean;
  "multiAgentVersion": MultiAgentVersion | null;
  /** The older form of `serviceTiers`. */
  "additionalSpeedTiers": Array<string>;
  "serviceTiers": Array<ModelServiceTier>;
  "defaultServiceTier": string | null;
  "availableAccessPrograms": ModelAccessPrograms | null;
  "isDefault": boolean;
};
