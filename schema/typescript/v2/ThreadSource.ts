// Generated from the types of the package `protocol`. Changes belong there.

/** What a thread is for, in a word of the client's: `user`, `subagent`, … */
export type ThreadSource = string;
