// Generated from the types of the package `protocol`. Changes belong there.

export type JsonValue = null | boolean | number | string | Array<JsonValue> | { [key in string]?: JsonValue };
