// Generated from the types of the package `protocol`. Changes belong there.

import type { ImageDetail } from "./ImageDetail";
import type { JsonValue } from "./serde_json/JsonValue";

/** One piece of a message. */
export type ContentItem =
  | { "type": "input_text", "text": string }
  | { "type": "input_image", "detail"?: ImageDetail, "image_url"?: string, "file_id"?: string }
  | { "type": "input_audio", "audio_url"?: string, "file_id"?: string }
  | { "type": "output_text", "text": string, "annotations"?: Array<JsonValue>, "logprobs"?: Array<JsonValue> };
