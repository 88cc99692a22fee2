// Generated from the types of the package `protocol`. Changes belong there.

import type { ModelProviderSummary } from "./ModelProviderSummary";

/** The providers. */
export type ModelProviderListResponse = {
  "data": Array<ModelProviderSummary>;
  "defaultProviderId": string;
  "canChangeDefault": boolean;
};
