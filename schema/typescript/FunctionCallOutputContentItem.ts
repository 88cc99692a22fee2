// Generated from the types of the package `protocol`. Changes belong there.

import type { ImageDetail } from "./ImageDetail";

/** One piece of a tool's answer. */
export type FunctionCallOutputContentItem =
  | { "type": "input_text", "text": string }
  | { "type": "input_image", "detail"?: ImageDetail, "image_url"?: string, "file_id"?: string }
  | { "type": "input_audio", "audio_url"?: string, "file_id"?: string }
  | { "type": "encrypted_content", "encrypted_content": string };
