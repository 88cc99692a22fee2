"""The Codex app-server: an agent behind JSON-RPC, one message a line."""
