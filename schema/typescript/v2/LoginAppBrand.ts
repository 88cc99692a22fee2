// Generated from the types of the package `protocol`. Changes belong there.

/** Whose name the page after the login shows. */
export type LoginAppBrand = "codex" | "chatgpt";
