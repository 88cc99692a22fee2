// Generated from the types of the package `protocol`. Changes belong there.

/** How a section is shown. */
export type ThreadSectionAppearance = {
  "icon": string | null;
  "color": string | null;
};
