// Generated from the types of the package `protocol`. Changes belong there.

import type { ImageDetail } from "../ImageDetail";
import type { TextElement } from "./TextElement";

/** One piece of input. */
export type UserInput =
  | {
    "type": "text";
    "text": string;
    /** The key is snake_case on the wire; always sent. */
    "text_elements": Array<TextElement>;
  }
  | {
    "type": "image";
    "detail"?: ImageDetail;
    /** http(s), or a data URL. */
    "url"?: string;
    /** Of a file that was uploaded to the provider. */
    "fileId"?: string;
  }
  | { "type": "localImage", "detail"?: ImageDetail, "path": string }
  | {
    "type": "audio";
    /** http(s), or a data URL. */
    "url"?: string;
    /** Of a file that was uploaded to the provider. */
    "fileId"?: string;
  }
  | { "type": "localAudio", "path": string }
  | { "type": "skill", "name": string, "path": string }
  | {
    "type": "mention";
    "name": string;
    /** Such as `app://id` or `plugin://name@marketplace`. */
    "path": string;
  };
