// Generated from the types of the package `protocol`. Changes belong there.

/** When a command needs the user's word; experimental in its granular form. `on-failure`: until 0.131. */
export type AskForApproval =
  | "untrusted"
  | "on-failure"
  | "on-request"
  | "never"
  | { "granular": {
    /** Commands that ask to leave the sandbox. */
    "sandbox_approval": boolean;
    /** Commands for which an exec-policy rule says "prompt". */
    "rules": boolean;
    "skill_approval": boolean;
    /** Calls of the tool that asks for more permissions. */
    "request_permissions": boolean;
    "mcp_elicitations": boolean;
  } };
