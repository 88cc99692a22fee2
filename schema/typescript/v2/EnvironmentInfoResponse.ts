// Generated from the types of the package `protocol`. Changes belong there.

import type { EnvironmentShellInfo } from "./EnvironmentShellInfo";
import type { PathUri } from "../PathUri";

/** What is known of it. */
export type EnvironmentInfoResponse = {
  "shell": EnvironmentShellInfo;
  "cwd": PathUri | null;
};
