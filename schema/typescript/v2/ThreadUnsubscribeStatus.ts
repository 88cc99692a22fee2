// Generated from the types of the package `protocol`. Changes belong there.

/** `notLoaded` also for ids that nobody knows. */
export type ThreadUnsubscribeStatus = "notLoaded" | "notSubscribed" | "unsubscribed";
