"""The client side of MCP: servers from configuration, their connections, what is asked of them (tools.md §9).

It knows neither threads nor what a model is told; results are handed on as the servers gave them.
"""
