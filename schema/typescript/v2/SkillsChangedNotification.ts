// Generated from the types of the package `protocol`. Changes belong there.

/** `skills/changed`: ask again. */
export type SkillsChangedNotification = Record<string, never>;
