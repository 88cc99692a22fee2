// Generated from the types of the package `protocol`. Changes belong there.

/** `[sandbox_workspace_write]`: details of the `workspace-write` sandbox. */
export type SandboxWorkspaceWrite = {
  /** Beside the working directory. */
  "writable_roots": Array<string>;
  "network_access": boolean;
  "exclude_tmpdir_env_var": boolean;
  "exclude_slash_tmp": boolean;
};
