"""The tools of MCP servers and their resources, called by a model (tools.md §9).

The servers themselves are the affair of `app_server.mcp`.
"""
