// Generated from the types of the package `protocol`. Changes belong there.

/** `thread/increment_elicitation`: the client asks the user something by itself. */
export type ThreadIncrementElicitationParams = {
  "threadId": string;
};
