// Generated from the types of the package `protocol`. Changes belong there.

/** Where the desktop app continues after the login. */
export type DesktopOnboardingEntrypoint = "life_sciences";
