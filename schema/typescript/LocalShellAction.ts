// Generated from the types of the package `protocol`. Changes belong there.

/** What the provider's shell tool wants done. */
export type LocalShellAction =
  | { "type": "exec", "command": Array<string>, "timeout_ms": number | null, "working_directory": string | null, "env": { [key in string]?: string } | null, "user": string | null };
