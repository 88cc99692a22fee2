"""Sub-commands that run to an end instead of serving: each is a function from arguments to an exit code."""
