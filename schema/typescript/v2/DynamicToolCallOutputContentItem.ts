// Generated from the types of the package `protocol`. Changes belong there.

/** One piece of a client tool's answer. */
export type DynamicToolCallOutputContentItem =
  | { "type": "inputText", "text": string }
  | {
    "type": "inputImage";
    /** http(s), or a data URL. */
    "imageUrl": string;
  }
  | {
    "type": "inputAudio";
    /** http(s), or a data URL. */
    "audioUrl": string;
  };
