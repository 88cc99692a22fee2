// Generated from the types of the package `protocol`. Changes belong there.

/** Whether it is on now. */
export type SkillsConfigWriteResponse = {
  "effectiveEnabled": boolean;
};
