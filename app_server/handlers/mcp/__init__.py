"""The MCP servers of threads, and logins to them."""
