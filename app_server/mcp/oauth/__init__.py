"""Logins to MCP servers: who gives them, getting one, keeping it, using and renewing it."""
